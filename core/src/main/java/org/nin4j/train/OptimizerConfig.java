package org.nin4j.train;

import java.util.List;
import org.nin4j.nn.Parameter;

/** The choice of an optimizer and its constants, with the names that PyTorch gives them. */
public sealed interface OptimizerConfig {
  /**
   * Creates an optimizer with zero moments.
   *
   * @param parameters the parameters of the network to be trained
   * @return a new optimizer, which has done no steps
   */
  Optimizer create(List<Parameter> parameters);

  /**
   * Returns the same optimizer with another weight decay.
   *
   * @param newWeightDecay the weight decay, at least 0
   * @return the changed configuration
   * @throws IllegalArgumentException when the weight decay is out of its range
   */
  OptimizerConfig withWeightDecay(float newWeightDecay);

  /**
   * Stochastic gradient descent, as in PyTorch's torch.optim.SGD.
   *
   * @param momentum the momentum, at least 0 (none) and below 1
   * @param nesterov whether to use Nesterov's momentum, which needs a momentum above 0
   * @param weightDecay the factor of the L2 penalty: weightDecay times the weight is added to the
   *     gradient; at least 0
   */
  record Sgd(float momentum, boolean nesterov, float weightDecay) implements OptimizerConfig {
    /**
     * Creates the configuration.
     *
     * @param momentum the momentum, at least 0 (none) and below 1
     * @param nesterov whether to use Nesterov's momentum, which needs a momentum above 0
     * @param weightDecay the factor of the L2 penalty, at least 0
     * @throws IllegalArgumentException when a value is out of its range
     */
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

    @Override
    public OptimizerConfig withWeightDecay(float newWeightDecay) {
      return new Sgd(momentum, nesterov, newWeightDecay);
    }
  }

  /**
   * Adam with decoupled weight decay (Loshchilov and Hutter, 2017), as in PyTorch's
   * torch.optim.AdamW.
   *
   * @param beta1 decay of the running average of the gradient, at least 0 and below 1
   * @param beta2 decay of the running average of the squared gradient, at least 0 and below 1
   * @param eps term that is added to the denominator to avoid a division by zero, above 0
   * @param weightDecay the weight decay: each step subtracts the learning rate times weightDecay
   *     times the weight; at least 0
   */
  record AdamW(float beta1, float beta2, float eps, float weightDecay) implements OptimizerConfig {
    /**
     * Creates the configuration.
     *
     * @param beta1 decay of the running average of the gradient, at least 0 and below 1
     * @param beta2 decay of the running average of the squared gradient, at least 0 and below 1
     * @param eps term that is added to the denominator, above 0
     * @param weightDecay the weight decay, at least 0
     * @throws IllegalArgumentException when a value is out of its range
     */
    public AdamW {
      requireFraction("beta1", beta1);
      requireFraction("beta2", beta2);
      requireNotNegative("weight decay", weightDecay);
      if (!(eps > 0)) {
        throw new IllegalArgumentException("eps must be above 0, but is " + eps);
      }
    }

    /**
     * Creates the configuration with PyTorch's default betas (0.9 and 0.999) and eps (1e-8).
     *
     * @param weightDecay the weight decay, at least 0
     * @throws IllegalArgumentException when the weight decay is out of its range
     */
    public AdamW(float weightDecay) {
      this(0.9f, 0.999f, 1e-8f, weightDecay);
    }

    @Override
    public Optimizer create(List<Parameter> parameters) {
      return new AdamWOptimizer(this, parameters);
    }

    @Override
    public OptimizerConfig withWeightDecay(float newWeightDecay) {
      return new AdamW(beta1, beta2, eps, newWeightDecay);
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
