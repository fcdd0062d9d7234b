package org.nin4j.train;

import java.util.List;
import org.nin4j.nn.Parameter;

/** Which optimizer, and its constants; PyTorch's names and defaults. */
public sealed interface OptimizerConfig {
  /** A fresh optimizer for weights of this form. */
  Optimizer create(List<Parameter> parameters);

  /**
   * Stochastic gradient descent.
   *
   * @param momentum from 0 (plain) to below 1
   * @param nesterov Nesterov's momentum; needs a momentum
   * @param weightDecay added to the gradient times the weight (L2)
   */
  record Sgd(float momentum, boolean nesterov, float weightDecay) implements OptimizerConfig {
    public Sgd {
      requireFraction("momentum", momentum);
      requireNotNegative("weight decay", weightDecay);
      if (nesterov && momentum == 0) {
        throw new IllegalArgumentException("Nesterov's momentum needs a momentum above 0");
      }
    }

    @Override
    public Optimizer create(List<Parameter> parameters) {
      return new SgdOptimizer(this, parameters);
    }
  }

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter, 2017).
   *
   * @param weightDecay part of the weight, times the learning rate, that each step takes away
   */
  record AdamW(float beta1, float beta2, float eps, float weightDecay) implements OptimizerConfig {
    public AdamW {
      requireFraction("beta1", beta1);
      requireFraction("beta2", beta2);
      requireNotNegative("weight decay", weightDecay);
      if (!(eps > 0)) {
        throw new IllegalArgumentException("eps must be above 0, but is " + eps);
      }
    }

    /** With PyTorch's betas (0.9, 0.999) and eps 1e-8. */
    public AdamW(float weightDecay) {
      this(0.9f, 0.999f, 1e-8f, weightDecay);
    }

    @Override
    public Optimizer create(List<Parameter> parameters) {
      return new AdamWOptimizer(this, parameters);
    }
  }

  private static void requireFraction(String what, float value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(what + " must be at least 0 and below 1, but is " + value);
    }
  }

  private static void requireNotNegative(String what, float value) {
    if (!(value >= 0 && value < Float.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(what + " must be at least 0, but is " + value);
    }
  }
}
