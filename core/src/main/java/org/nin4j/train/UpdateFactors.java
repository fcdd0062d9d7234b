package org.nin4j.train;

import java.util.List;
import org.nin4j.nn.Parameter;

/** The factors of the learning rate and the weight decay of each parameter of a network. */
final class UpdateFactors {
  private final List<Parameter> parameters;
  private final double[] rates;
  private final double[] decays;

  private UpdateFactors(List<Parameter> parameters) {
    this.parameters = parameters;
    rates = new double[parameters.size()];
    decays = new double[parameters.size()];
  }

  /**
   * Returns the factors of a network's parameters: the products over the groups that each belongs
   * to, and a rate of 0 for parameters that are not trained.
   *
   * @throws IllegalArgumentException when a group names a layer that the network does not have
   */
  static UpdateFactors of(List<Parameter> parameters, List<ParameterGroup> groups) {
    groups.forEach(group -> group.requireIn(parameters));
    UpdateFactors factors = new UpdateFactors(parameters);
    for (int i = 0; i < factors.rates.length; i++) {
      Parameter parameter = parameters.get(i);
      factors.rates[i] = parameter.trainable() ? 1 : 0;
      factors.decays[i] = 1;
      for (ParameterGroup group : groups) {
        if (group.contains(parameter, parameters)) {
          factors.rates[i] *= group.rate();
          factors.decays[i] *= group.decay();
        }
      }
    }
    return factors;
  }

  List<Parameter> parameters() {
    return parameters;
  }

  /** Returns whether a parameter is trained at all. */
  boolean trains(int index) {
    return rates[index] != 0;
  }

  double rate(int index) {
    return rates[index];
  }

  double decay(int index) {
    return decays[index];
  }
}
