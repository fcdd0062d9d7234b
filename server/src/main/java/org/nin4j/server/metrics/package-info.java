/** What an operator sees: metrics in Prometheus' format, and a log of requests. */
package org.nin4j.server.metrics;
