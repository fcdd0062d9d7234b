/** What a server refuses, and what watches over it. */
package org.nin4j.server.limits;
