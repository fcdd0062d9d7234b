/**
 * What a server tells its program: a {@link org.nin4j.server.event.RequestListener} receives a
 * {@link org.nin4j.server.event.RequestOutcome} for each request that has ended.
 */
package org.nin4j.server.event;
