package org.nin4j.train;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.StepProfile;

/**
 * Where the time of a training's steps went: the time of all its threads, so that on two threads a
 * step of 50 milliseconds has 100 to account for. Left out are the first step, which warms up, and
 * those with fewer images than the others, at the ends of epochs; tests and checkpoints belong to
 * no step.
 *
 * @param batchSize images of a step
 * @param shards of a step
 * @param threads that share the shards
 * @param steps how many were counted
 * @param parts nanoseconds that all threads in all steps together spent outside of the layers
 * @param layers what the layers took, each on average of the shards; with {@code parts} it makes up
 *     the threads' whole time
 */
public record TrainingProfile(
    int batchSize,
    int shards,
    int threads,
    long steps,
    Map<Part, Long> parts,
    List<StepProfile> layers) {

  public TrainingProfile {
    parts = Collections.unmodifiableMap(new EnumMap<>(parts));
    layers = List.copyOf(layers);
  }

  /** What a step does besides the layers' forward and backward pass. */
  public enum Part {
    /** Waiting of all threads for images, which another thread prepares. */
    IMAGES,
    /** Drawing the masks of Dropout layers. */
    MASKS,
    /**
     * Copying images and masks into the plans and logits out of them, with the search for NaN among
     * them.
     */
    COPIES,
    /** The loss and its gradient. */
    LOSS,
    /** Adding the gradients of the shards, and their norm, by which they are clipped. */
    GRADIENTS,
    /** The optimizer's step, and bringing the weights into the layouts that the layers read. */
    UPDATE,
    /** Threads without work, while others still have some or between the parts of a step. */
    WAITING
  }

  /** Of all threads in all steps together. */
  public double nanoseconds() {
    double sum = parts.values().stream().mapToLong(Long::longValue).sum();
    return sum + 1e6 * steps * layers.stream().mapToDouble(this::milliseconds).sum();
  }

  /** Of a step of a layer in all shards of one training step, on average. */
  public double milliseconds(StepProfile layer) {
    return shards * layer.milliseconds();
  }

  /** Of all threads in one step, on average; 0 when there was none. */
  public double milliseconds() {
    return perStep(nanoseconds());
  }

  /** Of a part in one step, on average; 0 when there was none. */
  public double milliseconds(Part part) {
    return perStep(parts.get(part));
  }

  private double perStep(double nanoseconds) {
    return steps == 0 ? 0 : nanoseconds / 1e6 / steps;
  }
}
