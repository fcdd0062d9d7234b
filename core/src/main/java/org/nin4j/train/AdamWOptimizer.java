package org.nin4j.train;

import java.util.Map;
import java.util.TreeMap;
import org.nin4j.engine.Weights;

/**
 * AdamW with the formula of PyTorch's torch.optim.AdamW, where t counts steps from 1: w -= lr
 * weightDecay w; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g g; w -= lr / (1 -
 * beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + eps).
 */
final class AdamWOptimizer implements Optimizer {
  private final OptimizerConfig.AdamW config;
  private final UpdateFactors factors;
  private final Weights average; // m
  private final Weights squareAverage; // v
  private long steps;
  private double learningRate; // this and the next three belong to the current step
  private double correction;
  private float rootScale;
  private float scale;

  AdamWOptimizer(OptimizerConfig.AdamW config, UpdateFactors factors) {
    this.config = config;
    this.factors = factors;
    average = Weights.zeros(factors.parameters());
    squareAverage = Weights.zeros(factors.parameters());
  }

  @Override
  public void begin(double newLearningRate, float gradientScale) {
    steps++;
    learningRate = newLearningRate;
    correction = 1 - StrictMath.pow(config.beta1(), (double) steps);
    rootScale = (float) (1 / Math.sqrt(1 - StrictMath.pow(config.beta2(), (double) steps)));
    scale = gradientScale;
  }

  @Override
  public void update(Weights weights, Weights gradients, int index) {
    if (!factors.trains(index)) {
      return;
    }
    double rate = learningRate * factors.rate(index);
    update(
        weights.values(index),
        gradients.values(index),
        average.values(index),
        squareAverage.values(index),
        (float) (1 - rate * (config.weightDecay() * factors.decay(index))),
        (float) (rate / correction));
  }

  private void update(float[] w, float[] g, float[] m, float[] v, float keepShare, float stepSize) {
    float root = rootScale; // local copies, which stay in registers during the loop
    float gradientScale = scale;
    float beta1 = config.beta1();
    float beta2 = config.beta2();
    float new1 = 1 - beta1;
    float new2 = 1 - beta2;
    float eps = config.eps();
    for (int i = 0; i < w.length; i++) {
      float gradient = gradientScale * g[i];
      float first = beta1 * m[i] + new1 * gradient;
      float second = beta2 * v[i] + new2 * gradient * gradient;
      m[i] = first;
      v[i] = second;
      w[i] = keepShare * w[i] - stepSize * first / ((float) Math.sqrt(second) * root + eps);
    }
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Map<String, Weights> moments() {
    return new TreeMap<>(Map.of("exp_avg", average, "exp_avg_sq", squareAverage));
  }

  @Override
  public void resumeAt(long newSteps) {
    steps = newSteps;
  }
}
