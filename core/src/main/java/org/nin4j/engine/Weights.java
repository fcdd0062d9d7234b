package org.nin4j.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;

/**
 * The numbers of a network: one array for each parameter and buffer, in the network's order and
 * PyTorch's layout. Gradients and the optimizers' moments have the same form. The arrays are
 * mutable and belong to this object.
 */
public final class Weights {
  private final List<Parameter> parameters;
  private final List<float[]> values;
  private final Map<String, Integer> indices = new HashMap<>();

  private Weights(List<Parameter> parameters, List<float[]> values) {
    this.parameters = List.copyOf(parameters);
    this.values = values;
    for (int i = 0; i < parameters.size(); i++) {
      indices.put(parameters.get(i).name(), i);
    }
  }

  /** All zero. */
  public static Weights zeros(Network network) {
    return zeros(network.parameters());
  }

  /** All zero. */
  public static Weights zeros(List<Parameter> parameters) {
    List<float[]> values = new ArrayList<>();
    parameters.forEach(parameter -> values.add(new float[parameter.size()]));
    return new Weights(parameters, values);
  }

  public List<Parameter> parameters() {
    return parameters;
  }

  /** Number of arrays. */
  public int count() {
    return values.size();
  }

  /** The array at an index of {@link #parameters}; not a copy. */
  public float[] values(int index) {
    return values.get(index);
  }

  /**
   * The array of that name; not a copy.
   *
   * @throws IllegalArgumentException when there is none
   */
  public float[] values(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new IllegalArgumentException("no parameter is called '" + name + "'");
    }
    return values.get(index);
  }

  /**
   * Copies all values of other weights of the same form into these.
   *
   * @throws IllegalArgumentException when the other weights have other names or shapes
   */
  public void set(Weights other) {
    if (!parameters.equals(other.parameters)) {
      throw new IllegalArgumentException("the weights are of another network");
    }
    for (int i = 0; i < values.size(); i++) {
      System.arraycopy(other.values.get(i), 0, values.get(i), 0, values.get(i).length);
    }
  }

  public Weights copy() {
    List<float[]> copies = new ArrayList<>();
    values.forEach(array -> copies.add(array.clone()));
    return new Weights(parameters, copies);
  }

  /** The first value that is NaN or infinite, as {@code name[index] is NaN}; empty without one. */
  public Optional<String> firstNonFinite() {
    for (int i = 0; i < values.size(); i++) {
      float[] array = values.get(i);
      for (int j = 0; j < array.length; j++) {
        if (!Float.isFinite(array[j])) {
          return Optional.of(parameters.get(i).name() + "[" + j + "] is " + array[j]);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether the names, shapes and all bits are the same. */
  public boolean sameBits(Weights other) {
    if (!parameters.equals(other.parameters)) {
      return false;
    }
    for (int i = 0; i < values.size(); i++) {
      if (Arrays.compare(values.get(i), other.values.get(i)) != 0) {
        return false;
      }
    }
    return true;
  }
}
