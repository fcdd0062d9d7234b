package org.nin4j.train;

import java.util.Map;
import org.nin4j.engine.Weights;

/**
 * SGD with the formula of PyTorch's torch.optim.SGD: g += weightDecay w; b = momentum b + g (b = g
 * in the first step); g = nesterov ? g + momentum b : b; w -= lr g.
 */
final class SgdOptimizer implements Optimizer {
  private final OptimizerConfig.Sgd config;
  private final UpdateFactors factors;
  private final Weights momentum; // b; null without momentum
  private long steps;
  private double learningRate; // this and the scale belong to the current step
  private float scale;

  SgdOptimizer(OptimizerConfig.Sgd config, UpdateFactors factors) {
    this.config = config;
    this.factors = factors;
    momentum = config.momentum() == 0 ? null : Weights.zeros(factors.parameters());
  }

  @Override
  public void begin(double newLearningRate, float gradientScale) {
    steps++;
    learningRate = newLearningRate;
    scale = gradientScale;
  }

  @Override
  public void update(Weights weights, Weights gradients, int index) {
    if (!factors.trains(index)) {
      return;
    }
    float[] w = weights.values(index);
    float[] g = gradients.values(index);
    float rate = (float) (learningRate * factors.rate(index));
    float decay = (float) (config.weightDecay() * factors.decay(index));
    if (momentum == null) {
      plain(w, g, rate, scale, decay);
    } else {
      withMomentum(w, g, momentum.values(index), rate, decay);
    }
  }

  private static void plain(float[] w, float[] g, float rate, float scale, float decay) {
    for (int i = 0; i < w.length; i++) {
      w[i] -= rate * (scale * g[i] + decay * w[i]);
    }
  }

  /** The first step needs no special case: the buffer is zero, and momentum times zero is zero. */
  private void withMomentum(float[] w, float[] g, float[] b, float rate, float decay) {
    float gradientScale = scale; // local copies, which stay in registers during the loop
    float kept = config.momentum();
    float ofGradient = config.nesterov() ? 1 : 0;
    float ofBuffer = config.nesterov() ? kept : 1;
    for (int i = 0; i < w.length; i++) {
      float gradient = gradientScale * g[i] + decay * w[i];
      float buffer = kept * b[i] + gradient;
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
