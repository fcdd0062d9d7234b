package org.nin4j.bench;

import java.util.List;

/**
 * A training as the command line does it, data and metrics included, beside its bare plan (forward
 * and backward pass), in turn.
 *
 * @param precision {@code fp32} or {@code bf16}
 * @param training images per second of each round
 * @param plan images per second of each round
 */
public record EndToEnd(Task task, String precision, List<Double> training, List<Double> plan) {}
