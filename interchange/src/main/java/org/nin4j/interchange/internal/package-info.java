/** What several formats of this module share; not exported. */
package org.nin4j.interchange.internal;
