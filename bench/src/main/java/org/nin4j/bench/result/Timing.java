package org.nin4j.bench.result;

import java.util.List;

/**
 * How fast a contender did a task.
 *
 * @param imagesPerSecond of each round
 * @param peakBytes largest resident memory of its process, which did nothing else
 * @param difference largest difference of its logits (in training, of its losses) from those of the
 *     first contender, as a share of the largest of these
 */
public record Timing(
    Task task,
    Contender contender,
    List<Double> imagesPerSecond,
    long peakBytes,
    double difference) {}
