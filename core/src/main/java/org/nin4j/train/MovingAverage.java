package org.nin4j.train;

import java.util.Map;
import java.util.TreeMap;
import org.nin4j.engine.Weights;

/**
 * An optimizer that also keeps an exponential moving average of the weights and of the running
 * statistics of BatchNorm2d, which is what is evaluated and saved (Polyak and Juditsky, 1992).
 * After each step, average = d * average + (1 - d) * weights. In step n, from 0, d is the smaller
 * of the decay and n / (n + 9), so that a short training does not average its random start; this is
 * the rule of TensorFlow's ExponentialMovingAverage with {@code num_updates}, one step later.
 */
final class MovingAverage implements Optimizer {
  private static final double DELAY = 9;

  private final Optimizer optimizer;
  private final double decay;
  private final Weights average;
  private float keep; // d of the current step

  MovingAverage(Optimizer optimizer, double decay, Weights average) {
    this.optimizer = optimizer;
    this.decay = decay;
    this.average = average;
  }

  @Override
  public void begin(double learningRate, float gradientScale) {
    double earlier = (double) optimizer.steps();
    keep = (float) Math.min(decay, earlier / (earlier + DELAY));
    optimizer.begin(learningRate, gradientScale);
  }

  @Override
  public void update(Weights weights, Weights gradients, int index) {
    optimizer.update(weights, gradients, index);
    average(average.values(index), weights.values(index), keep);
  }

  private static void average(float[] average, float[] values, float keep) {
    float add = 1 - keep;
    for (int i = 0; i < average.length; i++) {
      average[i] = keep * average[i] + add * values[i];
    }
  }

  @Override
  public Weights evaluated(Weights weights) {
    return steps() == 0 ? weights : average;
  }

  @Override
  public long steps() {
    return optimizer.steps();
  }

  @Override
  public Map<String, Weights> moments() {
    Map<String, Weights> moments = new TreeMap<>(optimizer.moments());
    moments.put("ema", average);
    return moments;
  }

  @Override
  public void resumeAt(long steps) {
    optimizer.resumeAt(steps);
  }
}
