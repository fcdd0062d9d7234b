package org.nin4j.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The time that one step of a plan has taken. A layer is one or more steps; a layer that computes
 * nothing of its own, or that is fused into the layer before it, may be none.
 *
 * @param layer PyTorch's path of the layer, as {@code 2.0}; empty for a step that belongs to no
 *     layer
 * @param kind kind of the layer, as {@code Conv2d}; empty for a step that belongs to no layer
 * @param pass the pass that the step is a part of
 * @param tensor the tensor that the step copies into another layout or data type, in oneDNN's
 *     words: {@code src}, {@code diffDst}; empty for a step that computes
 * @param implementation the engine's name for the code that runs
 * @param runs how often the step ran, without the first run, which warms up
 * @param nanoseconds the time of all these runs together
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
   * The passes through a layer. The backward pass of a layer with weights has two steps: one for
   * the gradient of its weights, and one for the gradient of its input.
   */
  public enum Pass {
    /** From the layer's input to its output. */
    FORWARD,
    /** From the gradient of the layer's output to all other gradients of the layer. */
    BACKWARD,
    /** From the gradient of the layer's output to the gradient of its weights. */
    BACKWARD_WEIGHTS,
    /** From the gradient of the layer's output to the gradient of its input. */
    BACKWARD_DATA;

    /** {@return the name in words, as {@code backward data}} */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  /** What makes a step of one plan the same as a step of another. */
  private record Key(String layer, String kind, Pass pass, String tensor) {}

  /**
   * Adds the profiles of several plans that do the same work.
   *
   * @param profiles one of each plan
   * @return the steps in the order of the first plan, with the runs and the time of all plans
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

  /**
   * {@return whether the step computes nothing, but copies a tensor into another layout or data
   * type}
   */
  public boolean isReorder() {
    return !tensor.isEmpty();
  }

  /** {@return whether the step is a part of the forward pass} */
  public boolean isForward() {
    return pass == Pass.FORWARD;
  }

  /**
   * Names what the step does for its layer.
   *
   * @return as {@code forward}, {@code backward data}, {@code src}, {@code backward data diffDst}
   */
  public String work() {
    return !isReorder() ? pass.toString() : isForward() ? tensor : pass + " " + tensor;
  }

  /**
   * {@return the step in words: {@code 2.0 Conv2d backward data}, {@code 2.0 Conv2d src reorder}}
   */
  public String name() {
    String name = layer + " " + kind + " " + work() + (isReorder() ? " reorder" : "");
    return name.strip();
  }

  /** {@return the milliseconds of one run on average; 0 when there was none} */
  public double milliseconds() {
    return runs == 0 ? 0 : nanoseconds / 1e6 / runs;
  }
}
