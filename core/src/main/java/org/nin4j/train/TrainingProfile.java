package org.nin4j.train;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.StepProfile;

/**
 * Where the time of a training's steps was spent. All times are sums over the threads: on two
 * threads, a step that lasts 50 milliseconds accounts for 100. The profile does not include the
 * first step, which warms up, and smaller batches at the ends of epochs. Tests and checkpoints
 * belong to no step.
 *
 * @param batchSize number of images in a step
 * @param shards number of shards in a step
 * @param threads number of threads that share the shards
 * @param steps number of steps that the profile includes
 * @param parts time spent outside of the layers by all threads in all steps, in nanoseconds
 * @param layers time spent on each layer, as a mean over the shards; together with {@code parts}
 *     this is the whole time of all threads
 */
public record TrainingProfile(
    int batchSize,
    int shards,
    int threads,
    long steps,
    Map<Part, Long> parts,
    List<StepProfile> layers) {

  /**
   * Creates a profile.
   *
   * @param batchSize number of images in a step
   * @param shards number of shards in a step
   * @param threads number of threads that share the shards
   * @param steps number of steps that the profile includes
   * @param parts time spent outside of the layers by all threads in all steps, in nanoseconds; at
   *     least one entry
   * @param layers time spent on each layer, as a mean over the shards
   */
  public TrainingProfile {
    parts = Collections.unmodifiableMap(new EnumMap<>(parts));
    layers = List.copyOf(layers);
  }

  /** The parts of a step other than the forward and backward passes of the layers. */
  public enum Part {
    /** Waiting for images, which another thread prepares. */
    IMAGES("waiting for images"),
    /** Drawing the random masks of Dropout layers. */
    MASKS("masks of Dropout"),
    /** Copying images and masks into the plans, copying logits out, and checking these for NaN. */
    COPIES("copies in and out"),
    /** Computing the loss and its gradient. */
    LOSS("loss"),
    /** Summing the gradients of the shards, and computing their norm. */
    GRADIENTS("sums of gradients"),
    /** The optimizer's update, and copying the weights into the layouts that the layers use. */
    UPDATE("update of the weights"),
    /** Waiting of threads that have no work, while others still have some. */
    WAITING("threads without work");

    private final String text;

    Part(String text) {
      this.text = text;
    }

    /** {@return what it is in a table, such as {@code waiting for images}} */
    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Returns the time of all threads in all steps together.
   *
   * @return the time in nanoseconds
   */
  public double nanoseconds() {
    double sum = parts.values().stream().mapToLong(Long::longValue).sum();
    return sum + 1e6 * steps * layers.stream().mapToDouble(this::milliseconds).sum();
  }

  /**
   * Returns the time spent on an entry of {@link #layers()} in one training step, over all shards.
   *
   * @param layer an entry of {@link #layers()}
   * @return the mean time in milliseconds
   */
  public double milliseconds(StepProfile layer) {
    return shards * layer.milliseconds();
  }

  /**
   * Returns the time of all threads in one training step.
   *
   * @return the mean time in milliseconds; 0 when the profile includes no steps
   */
  public double milliseconds() {
    return perStep(nanoseconds());
  }

  /**
   * Returns the time of all threads spent on a part in one training step.
   *
   * @param part the part
   * @return the mean time in milliseconds; 0 when the profile includes no steps
   */
  public double milliseconds(Part part) {
    return perStep(parts.get(part));
  }

  private double perStep(double nanoseconds) {
    return steps == 0 ? 0 : nanoseconds / 1e6 / steps;
  }
}
