/**
 * Connections, whatever is sent over them: {@link org.nin4j.server.connection.ConnectionWatch}
 * closes those on which nothing useful happens, and {@link
 * org.nin4j.server.connection.WatchedEndPoint} notices that a client has gone. {@link
 * org.nin4j.server.connection.PeriodicScan} is the one timer for what may take too long.
 */
package org.nin4j.server.connection;
