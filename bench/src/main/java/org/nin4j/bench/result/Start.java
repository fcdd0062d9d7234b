package org.nin4j.bench.result;

import java.util.List;

/**
 * What a contender costs before it is fast.
 *
 * @param seconds from the start of the process to its first prediction, of each try
 * @param libraryBytes of the jars and the native libraries in them that it needs at run time
 */
public record Start(Contender contender, List<Double> seconds, long libraryBytes) {}
