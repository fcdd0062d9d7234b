package org.nin4j.train;

import java.util.List;
import java.util.Map;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Parameter;

/**
 * SGD with the formula of PyTorch's torch.optim.SGD: g += weightDecay w; b = momentum b + g (b = g
 * in the first step); g = nesterov ? g + momentum b : b; w -= lr g.
 */
final class SgdOptimizer implements Optimizer {
  private final OptimizerConfig.Sgd config;
  private final Weights momentum; // b; null without momentum
  private long steps;
  private float rate; // this and the scale belong to the current step
  private float scale;

  SgdOptimizer(OptimizerConfig.Sgd config, List<Parameter> parameters) {
    this.config = config;
    momentum = config.momentum() == 0 ? null : Weights.zeros(parameters);
  }

  @Override
  public void begin(double learningRate, float gradientScale) {
    steps++;
    rate = (float) learningRate;
    scale = gradientScale;
  }

  @Override
  public void update(Weights weights, Weights gradients, int index) {
    float[] w = weights.values(index);
    float[] g = gradients.values(index);
    if (momentum == null) {
      plain(w, g, rate, scale, config.weightDecay());
    } else {
      withMomentum(w, g, momentum.values(index), rate, scale, config);
    }
  }

  private static void plain(float[] w, float[] g, float rate, float scale, float decay) {
    for (int i = 0; i < w.length; i++) {
      w[i] -= rate * (scale * g[i] + decay * w[i]);
    }
  }

  /** The first step needs no special case: the buffer is zero, and momentum times zero is zero. */
  private static void withMomentum(
      float[] w, float[] g, float[] b, float rate, float scale, OptimizerConfig.Sgd config) {
    float momentum = config.momentum();
    float decay = config.weightDecay();
    float ofGradient = config.nesterov() ? 1 : 0;
    float ofBuffer = config.nesterov() ? momentum : 1;
    for (int i = 0; i < w.length; i++) {
      float gradient = scale * g[i] + decay * w[i];
      float buffer = momentum * b[i] + gradient;
      b[i] = buffer;
      w[i] -= rate * (ofGradient * gradient + ofBuffer * buffer);
    }
  }

  @Override
  public long steps() {
    return steps;
  }

  @Override
  public Map<String, Weights> moments() {
    return momentum == null ? Map.of() : Map.of("momentum", momentum);
  }

  @Override
  public void resumeAt(long newSteps) {
    steps = newSteps;
  }
}
