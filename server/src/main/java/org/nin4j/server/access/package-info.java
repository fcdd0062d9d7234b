/** Who may ask a server: the name it is called by, the page that asks, and the token. */
package org.nin4j.server.access;
