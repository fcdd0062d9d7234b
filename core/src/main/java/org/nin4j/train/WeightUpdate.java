package org.nin4j.train;

import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.RunningStatistics;
import org.nin4j.internal.Workers;
import org.nin4j.nn.Parameter;
import org.nin4j.train.TrainingProfile.Part;

/**
 * What follows once the shards of a step have been computed, wherever that was: their gradients are
 * added, measured, and used to update the weights, parameter by parameter, on several threads.
 */
final class WeightUpdate {
  /** Adds the gradients of all shards of a batch for one parameter or buffer. */
  @FunctionalInterface
  interface GradientAdder {
    /**
     * Adds.
     *
     * @param index index of the parameter or buffer
     * @param target receives the sum in its array at that index
     */
    void add(int index, Weights target);
  }

  private final List<Parameter> parameters;
  private final Workers workers;
  private final StepTimes times;
  private final Weights gradients;
  private final GradientNorm norm;
  private final RunningStatistics statistics;
  private final boolean[] trained; // whether each parameter is trained
  private final int[] largestFirst; // indices of the parameters by falling size

  /**
   * @param spec the network and its frozen layers
   * @param workers the threads that share the parameters
   */
  WeightUpdate(PlanSpec spec, Workers workers, StepTimes times) {
    this.workers = workers;
    this.times = times;
    parameters = spec.network().parameters();
    gradients = Weights.zeros(spec.network());
    largestFirst =
        IntStream.range(0, parameters.size())
            .boxed()
            .sorted(Comparator.comparing(i -> -parameters.get(i).size()))
            .mapToInt(Integer::intValue)
            .toArray();
    trained = new boolean[parameters.size()];
    for (int i = 0; i < trained.length; i++) {
      trained[i] = spec.trains(parameters.get(i));
    }
    norm = new GradientNorm(parameters, trained);
    statistics = new RunningStatistics(spec);
  }

  /** Adds the gradients of a step, and returns their norm. */
  double sum(GradientAdder adder) {
    workers.run(
        parameters.size(),
        (task, worker) -> {
          long start = System.nanoTime();
          int index = largestFirst[task];
          adder.add(index, gradients);
          if (trained[index]) {
            norm.measure(gradients, index);
          }
          times.add(worker, Part.GRADIENTS, start);
        });
    return norm.norm();
  }

  /** Returns the gradients that were added last; not a copy. */
  Weights gradients() {
    return gradients;
  }

  /**
   * Updates weights from the gradients that were added last.
   *
   * @param updated is told the index of each parameter once it has been updated, by any thread
   */
  void update(
      Weights weights,
      Optimizer optimizer,
      double learningRate,
      float gradientScale,
      IntConsumer updated) {
    statistics.move(weights, gradients);
    optimizer.begin(learningRate, gradientScale);
    workers.run(
        parameters.size(),
        (task, worker) -> {
          long start = System.nanoTime();
          int index = largestFirst[task];
          optimizer.update(weights, gradients, index);
          updated.accept(index);
          times.add(worker, Part.UPDATE, start);
        });
  }
}
