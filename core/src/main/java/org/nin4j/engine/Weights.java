package org.nin4j.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;

/**
 * The values of a network's parameters and buffers: one array for each, in the network's order and
 * in PyTorch's row-major layout. Gradients and the optimizers' moments have the same form. The
 * arrays are mutable and belong to this object.
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

  /**
   * Makes arrays of zeros for all parameters and buffers of a network.
   *
   * @param network any network
   * @return one array for each
   */
  public static Weights zeros(Network network) {
    return zeros(network.parameters());
  }

  /**
   * Makes arrays of zeros for parameters and buffers.
   *
   * @param parameters names and shapes
   * @return one array for each, in the same order
   */
  public static Weights zeros(List<Parameter> parameters) {
    List<float[]> values = new ArrayList<>();
    parameters.forEach(parameter -> values.add(new float[parameter.size()]));
    return new Weights(parameters, values);
  }

  /** {@return the names and shapes of the arrays, in their order} */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** {@return the number of arrays} */
  public int count() {
    return values.size();
  }

  /**
   * Returns an array; not a copy.
   *
   * @param index index in {@link #parameters}
   * @return the values, row-major
   */
  public float[] values(int index) {
    return values.get(index);
  }

  /**
   * Returns the array of a name; not a copy.
   *
   * @param name PyTorch's name, as {@code 2.0.weight}
   * @return the values, row-major
   * @throws IllegalArgumentException when there is no parameter or buffer of that name
   */
  public float[] values(String name) {
    Integer index = indices.get(name);
    if (index == null) {
      throw new IllegalArgumentException("no parameter is called '" + name + "'");
    }
    return values.get(index);
  }

  /**
   * Returns the first arrays as the weights of the beginning of the network, as {@link
   * Network#upTo} makes it.
   *
   * @param head the beginning of the network
   * @return its weights, which share their arrays with these
   * @throws IllegalArgumentException when the first arrays have other shapes or roles
   */
  public Weights first(Network head) {
    return part(head, 0);
  }

  /**
   * Returns the last arrays as the weights of the end of the network, as {@link Network#after}
   * makes it.
   *
   * @param tail the end of the network
   * @return its weights, which share their arrays with these
   * @throws IllegalArgumentException when the last arrays have other shapes or roles
   */
  public Weights last(Network tail) {
    return part(tail, count() - tail.parameters().size());
  }

  private Weights part(Network network, int from) {
    List<Parameter> wanted = network.parameters();
    boolean fits = from >= 0 && from + wanted.size() <= count();
    for (int i = 0; fits && i < wanted.size(); i++) {
      Parameter own = parameters.get(from + i);
      fits = own.role() == wanted.get(i).role() && own.shape().equals(wanted.get(i).shape());
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "the weights are not those of a network of which '" + network.name() + "' is a part");
    }
    return new Weights(wanted, values.subList(from, from + wanted.size()));
  }

  /**
   * Copies all values of other weights of the same form into these.
   *
   * @param other weights of the same network
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

  /** {@return a copy, arrays included} */
  public Weights copy() {
    List<float[]> copies = new ArrayList<>();
    values.forEach(array -> copies.add(array.clone()));
    return new Weights(parameters, copies);
  }

  /**
   * {@return the first value that is NaN or infinite, as {@code name[index] is NaN}; empty where
   * all are finite}
   */
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
}
