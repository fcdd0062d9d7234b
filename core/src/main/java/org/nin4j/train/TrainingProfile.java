package org.nin4j.train;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.StepProfile;

/**
 * Where the time of a training's steps went. Left out are the first step, which warms up, and those
 * with fewer images than the others, at the ends of epochs; tests and checkpoints belong to no
 * step.
 *
 * @param batchSize images of a step
 * @param steps how many were counted
 * @param parts nanoseconds that all steps together spent outside of the layers
 * @param layers what the layers took; with {@code parts} it makes up the steps' whole time
 */
public record TrainingProfile(
    int batchSize, long steps, Map<Part, Long> parts, List<StepProfile> layers) {

  public TrainingProfile {
    parts = Collections.unmodifiableMap(new EnumMap<>(parts));
    layers = List.copyOf(layers);
  }

  /** What a step does besides the layers' forward and backward pass. */
  public enum Part {
    /** Waiting for images; they are prepared by another thread. */
    IMAGES,
    /** Drawing the masks of Dropout layers. */
    MASKS,
    /**
     * Copying images, masks and weights into the plan, and logits and gradients out of it, with the
     * look for NaN among them.
     */
    COPIES,
    /** The loss and its gradient. */
    LOSS,
    /** The norm of all gradients, by which they are clipped. */
    NORM,
    /** The optimizer's step. */
    UPDATE,
    /** What remains: the look for a dead start, and the listeners. */
    OTHER
  }

  /** Of all steps together. */
  public long nanoseconds() {
    long sum = parts.values().stream().mapToLong(Long::longValue).sum();
    return sum + layers.stream().mapToLong(StepProfile::nanoseconds).sum();
  }

  /** Of one step, on average; 0 when there was none. */
  public double milliseconds() {
    return perStep(nanoseconds());
  }

  /** Of a part in one step, on average; 0 when there was none. */
  public double milliseconds(Part part) {
    return perStep(parts.get(part));
  }

  private double perStep(long nanoseconds) {
    return steps == 0 ? 0 : nanoseconds / 1e6 / steps;
  }
}
