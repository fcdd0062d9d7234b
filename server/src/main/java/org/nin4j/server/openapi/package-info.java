/** The description of all routes, for programs and for people. */
package org.nin4j.server.openapi;
