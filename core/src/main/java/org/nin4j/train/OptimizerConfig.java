package org.nin4j.train;

import java.util.List;
import org.nin4j.nn.Parameter;

/** The choice of an optimizer and its constants, with the names that PyTorch gives them. */
public sealed interface OptimizerConfig {
  /** {@return PyTorch's name of the optimizer: {@code SGD} or {@code AdamW}} */
  String name();

  /**
   * Creates an optimizer with zero moments.
   *
   * @param parameters the parameters of the network to be trained
   * @param groups the factors of the learning rate and the weight decay for some of its parameters
   * @return a new optimizer, which has done no steps
   * @throws IllegalArgumentException when a group names a layer that the network does not have
   */
  Optimizer create(List<Parameter> parameters, List<ParameterGroup> groups);

  /**
   * Returns a configuration with another weight decay.
   *
   * @param newDecay the weight decay, at least 0
   * @return the changed configuration
   * @throws IllegalArgumentException when the weight decay is out of its range
   */
  OptimizerConfig withWeightDecay(float newDecay);

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
    public String name() {
      return "SGD";
    }

    @Override
    public Optimizer create(List<Parameter> parameters, List<ParameterGroup> groups) {
      return new SgdOptimizer(this, UpdateFactors.of(parameters, groups));
    }

    @Override
    public OptimizerConfig withWeightDecay(float newDecay) {
      return new Sgd(momentum, nesterov, newDecay);
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
    public String name() {
      return "AdamW";
    }

    @Override
    public Optimizer create(List<Parameter> parameters, List<ParameterGroup> groups) {
      return new AdamWOptimizer(this, UpdateFactors.of(parameters, groups));
    }

    @Override
    public OptimizerConfig withWeightDecay(float newDecay) {
      return new AdamW(beta1, beta2, eps, newDecay);
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
