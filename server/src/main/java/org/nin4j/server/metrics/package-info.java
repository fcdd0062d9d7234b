/**
 * What operators see of a server: {@link org.nin4j.server.metrics.ServerMetrics} counts for
 * Prometheus, and {@link org.nin4j.server.metrics.AccessLog} writes a line for each request. Both
 * listen to requests that have ended; neither lets a request wait.
 */
package org.nin4j.server.metrics;
