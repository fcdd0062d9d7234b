package org.nin4j.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one step of a plan has cost. A layer is one or more steps; one that computes nothing of its
 * own, or that is computed by the step of the layer before it, may be none.
 *
 * @param layer PyTorch's path of the layer that the step belongs to: {@code 2.0}; empty for what
 *     belongs to none
 * @param kind of that layer: {@code Conv2d}; empty without one
 * @param pass that the step is a part of
 * @param tensor what the step copies into another layout or data type, in oneDNN's words: {@code
 *     src}, {@code diffDst}; empty for a step that computes
 * @param implementation the engine's name for the code that runs
 * @param runs how often it ran, without the first time, which warms up
 * @param nanoseconds of all runs together
 */
public record StepProfile(
    String layer,
    String kind,
    Pass pass,
    String tensor,
    String implementation,
    long runs,
    long nanoseconds) {

  /**
   * The ways through a layer. One with weights goes backward in two steps: to the gradient of its
   * weights, and to that of its input.
   */
  public enum Pass {
    /** From the images to the logits. */
    FORWARD,
    /** From the gradient of a layer's output to all other gradients of it. */
    BACKWARD,
    /** From the gradient of a layer's output to that of its weights. */
    BACKWARD_WEIGHTS,
    /** From the gradient of a layer's output to that of its input. */
    BACKWARD_DATA;

    /** {@code backward data}. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What makes a step of one plan the same as a step of another. */
  private record Key(String layer, String kind, Pass pass, String tensor) {}

  /**
   * The same steps of several plans that do the same work, as one.
   *
   * @param profiles one of each plan
   * @return steps in the order of the first plan, with the runs of all
   */
  public static List<StepProfile> sum(List<List<StepProfile>> profiles) {
    Map<Key, StepProfile> sums = new LinkedHashMap<>();
    for (List<StepProfile> profile : profiles) {
      for (StepProfile step : profile) {
        Key key = new Key(step.layer, step.kind, step.pass, step.tensor);
        sums.merge(key, step, StepProfile::plus);
      }
    }
    return List.copyOf(sums.values());
  }

  private StepProfile plus(StepProfile other) {
    return new StepProfile(
        layer,
        kind,
        pass,
        tensor,
        implementation,
        runs + other.runs,
        nanoseconds + other.nanoseconds);
  }

  /** Whether the step computes nothing: it copies a tensor into another layout or data type. */
  public boolean isReorder() {
    return !tensor.isEmpty();
  }

  /** Whether the step runs before the logits are there. */
  public boolean isForward() {
    return pass == Pass.FORWARD;
  }

  /**
   * What the step does for its layer: {@code forward}, {@code backward data}, {@code src}, {@code
   * backward data diffDst}.
   */
  public String work() {
    return !isReorder() ? pass.toString() : isForward() ? tensor : pass + " " + tensor;
  }

  /** {@code 2.0 Conv2d backward data}, {@code 2.0 Conv2d src reorder}. */
  public String name() {
    String name = layer + " " + kind + " " + work() + (isReorder() ? " reorder" : "");
    return name.strip();
  }

  /** Milliseconds of one run, on average; 0 when there was none. */
  public double milliseconds() {
    return runs == 0 ? 0 : nanoseconds / 1e6 / runs;
  }
}
