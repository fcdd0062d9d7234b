/** The plain route: image files in, classes and class maps out. */
package org.nin4j.server.classify;
