/** What a server refuses, as numbers; who holds clients to them is elsewhere. */
package org.nin4j.server.limits;
