package org.nin4j.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Parameter;

/**
 * AdamW with the formula of PyTorch's torch.optim.AdamW, where t counts steps from 1: w -= lr
 * weightDecay w; m = beta1 m + (1 - beta1) g; v = beta2 v + (1 - beta2) g g; w -= lr / (1 -
 * beta1^t) m / (sqrt(v) / sqrt(1 - beta2^t) + eps).
 */
final class AdamWOptimizer implements Optimizer {
  private final OptimizerConfig.AdamW config;
  private final Weights average; // m
  private final Weights squareAverage; // v
  private long steps;
  private float keep; // this and the next three belong to the current step
  private float rate;
  private float rootScale;
  private float scale;

  AdamWOptimizer(OptimizerConfig.AdamW config, List<Parameter> parameters) {
    this.config = config;
    average = Weights.zeros(parameters);
    squareAverage = Weights.zeros(parameters);
  }

  @Override
  public void begin(double learningRate, float gradientScale) {
    steps++;
    keep = (float) (1 - learningRate * config.weightDecay());
    rate = (float) (learningRate / (1 - StrictMath.pow(config.beta1(), (double) steps)));
    rootScale = (float) (1 / Math.sqrt(1 - StrictMath.pow(config.beta2(), (double) steps)));
    scale = gradientScale;
  }

  @Override
  public void update(Weights weights, Weights gradients, int index) {
    update(
        weights.values(index),
        gradients.values(index),
        average.values(index),
        squareAverage.values(index));
  }

  private void update(float[] w, float[] g, float[] m, float[] v) {
    float keepShare = keep; // local copies, which stay in registers during the loop
    float stepSize = rate;
    float root = rootScale;
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
