package org.nin4j.bench.result;

import java.util.List;
import java.util.Map;

/**
 * All that a run has measured.
 *
 * @param date of the run, {@code 2026-11-23}
 * @param machine processor, instruction set, threads, memory, Java
 * @param peaks GFLOP/s (for int8: thousand million operations a second) of a large matrix product
 *     in {@code fp32}, {@code bf16}, {@code int8}; of each round
 */
public record Results(
    String date,
    Map<String, String> machine,
    Map<String, List<Double>> peaks,
    List<Timing> timings,
    List<Start> starts,
    List<EndToEnd> endToEnd,
    List<Growth> growth) {}
