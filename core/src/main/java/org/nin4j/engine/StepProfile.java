package org.nin4j.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one step of a plan has cost. A layer is one or more steps; one that computes nothing of its
 * own, or that rides in the layer before it, may be none.
 *
 * @param layer path of the layer that the step belongs to: {@code 2.0}; empty for what belongs to
 *     none
 * @param kind of that layer: {@code Conv2d}; empty without one
 * @param work what is done: {@code forward}, {@code backward}, {@code backward weights}, {@code
 *     backward data}, or what is brought into another layout: {@code src reorder}
 * @param pass in which it runs
 * @param reorder whether it computes nothing: it copies a tensor into another layout or data type
 * @param implementation the engine's name for the code that runs
 * @param runs how often it ran, without the first time, which warms up
 * @param nanoseconds of all runs together
 */
public record StepProfile(
    String layer,
    String kind,
    String work,
    Pass pass,
    boolean reorder,
    String implementation,
    long runs,
    long nanoseconds) {

  /** The two ways through a network. */
  public enum Pass {
    FORWARD,
    BACKWARD
  }

  /**
   * The same step of several plans that do the same work, as one.
   *
   * @param profiles one of each plan
   * @return steps in the order of the first plan, with the runs of all
   */
  public static List<StepProfile> sum(List<List<StepProfile>> profiles) {
    Map<String, StepProfile> sums = new LinkedHashMap<>();
    for (List<StepProfile> profile : profiles) {
      for (StepProfile step : profile) {
        sums.merge(step.pass() + " " + step.name(), step, StepProfile::plus);
      }
    }
    return List.copyOf(sums.values());
  }

  private StepProfile plus(StepProfile other) {
    return new StepProfile(
        layer,
        kind,
        work,
        pass,
        reorder,
        implementation,
        runs + other.runs,
        nanoseconds + other.nanoseconds);
  }

  /** {@code 2.0 Conv2d backward data}. */
  public String name() {
    return layer.isEmpty() ? work : layer + " " + kind + " " + work;
  }

  /** Of one run, on average; 0 when there was none. */
  public double milliseconds() {
    return runs == 0 ? 0 : nanoseconds / 1e6 / runs;
  }
}
