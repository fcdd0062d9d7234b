package org.nin4j.bench.serving;

/**
 * How long to measure.
 *
 * @param seconds of each run
 * @param repeats of each run, of which the median counts
 * @param connections of the closed loops
 * @param openConnections of the open loops, at most
 */
record MeasurementSettings(double seconds, int repeats, int connections, int openConnections) {}
