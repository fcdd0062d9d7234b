package org.nin4j.bench.result;

import java.util.List;

/**
 * A training as the command line does it, including data and metrics, alternating with its bare
 * plan (forward and backward pass).
 *
 * @param precision {@code fp32} or {@code bf16}
 * @param training images per second of each round
 * @param plan images per second of each round
 */
public record EndToEnd(Task task, String precision, List<Double> training, List<Double> plan) {}
