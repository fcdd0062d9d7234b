package org.nin4j.train;

import java.util.List;
import java.util.Locale;
import org.nin4j.nn.Parameter;

/**
 * Factors of the learning rate and the weight decay for some parameters of a network, like the
 * parameter groups of PyTorch's optimizers. The factors of all groups that a parameter belongs to
 * are multiplied.
 *
 * @param parameters which parameters belong to the group: those of a role ({@code weight}, {@code
 *     bias}, {@code norm_scale} or {@code norm_shift}), those of the first layer that has any
 *     ({@code first_layer}) or the last ({@code last_layer}), or those of a layer or block, by its
 *     path, such as {@code 3.4}
 * @param rate factor of the learning rate, at least 0; with 0 the parameters are not trained
 * @param decay factor of the weight decay, at least 0
 */
public record ParameterGroup(String parameters, double rate, double decay) {
  /** The name of the group of the first layer with parameters. */
  public static final String FIRST_LAYER = "first_layer";

  /** The name of the group of the last layer with parameters. */
  public static final String LAST_LAYER = "last_layer";

  private static final List<Parameter.Role> ROLES =
      List.of(
          Parameter.Role.WEIGHT,
          Parameter.Role.BIAS,
          Parameter.Role.NORM_SCALE,
          Parameter.Role.NORM_SHIFT);

  /**
   * No weight decay for biases and for the scales and shifts of BatchNorm2d, as is common for
   * networks with BatchNorm2d (He and others, 2018, section 3.1).
   */
  public static final List<ParameterGroup> DECAY_OF_WEIGHTS_ONLY =
      List.of(
          new ParameterGroup(name(Parameter.Role.BIAS), 1, 0),
          new ParameterGroup(name(Parameter.Role.NORM_SCALE), 1, 0),
          new ParameterGroup(name(Parameter.Role.NORM_SHIFT), 1, 0));

  /**
   * Creates a group.
   *
   * @param parameters which parameters belong to the group
   * @param rate factor of the learning rate, at least 0
   * @param decay factor of the weight decay, at least 0
   * @throws IllegalArgumentException when a factor is negative or not finite
   */
  public ParameterGroup {
    requireFactor(parameters, "learning rate", rate);
    requireFactor(parameters, "weight decay", decay);
  }

  private static void requireFactor(String parameters, String what, double factor) {
    if (!(factor >= 0 && factor < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the factor of the "
              + what
              + " of the parameter group '"
              + parameters
              + "' must be at least 0, but is "
              + factor);
    }
  }

  /**
   * Checks that some parameter belongs to the group.
   *
   * @param all the parameters of a network
   * @throws IllegalArgumentException when the group names a layer that is not there
   */
  void requireIn(List<Parameter> all) {
    boolean role = ROLES.stream().anyMatch(each -> name(each).equals(parameters));
    if (!role && all.stream().noneMatch(each -> contains(each, all))) {
      throw new IllegalArgumentException(
          "the parameter group '"
              + parameters
              + "' is neither weight, bias, norm_scale, norm_shift, first_layer or last_layer nor a layer or block"
              + " of the network that has parameters");
    }
  }

  /**
   * Returns whether a parameter belongs to the group.
   *
   * @param all the parameters of the network, of which it is one
   */
  boolean contains(Parameter parameter, List<Parameter> all) {
    if (ROLES.contains(parameter.role()) && name(parameter.role()).equals(parameters)) {
      return true;
    }
    String path =
        switch (parameters) {
          case FIRST_LAYER -> all.get(0).layer();
          case LAST_LAYER -> all.get(all.size() - 1).layer();
          default -> parameters;
        };
    return parameter.isIn(path);
  }

  private static String name(Parameter.Role role) {
    return role.name().toLowerCase(Locale.ROOT);
  }
}
