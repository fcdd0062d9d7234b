/** How containers that several formats share are read. */
package org.nin4j.interchange.internal;
