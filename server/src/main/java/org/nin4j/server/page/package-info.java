/**
 * The page at {@code /}: resources that were read once, and the routes that serve them. All that
 * the page shows it asks of the other routes, as any other client would.
 */
package org.nin4j.server.page;
