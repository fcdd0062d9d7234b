package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;

/**
 * Assigns the tensors of a file to a network's parameters: by the names that the user gives, or by
 * equal names but for a prefix that all tensors share (such as {@code module.}), or else by their
 * order in the file. Shapes must be equal, and no tensor may be left over but PyTorch's counters
 * {@code num_batches_tracked}.
 */
final class TensorMatching {
  private static final String COUNTER = "num_batches_tracked";
  private static final String REMEDY =
      "; check --net, or say which tensor is which parameter with --map";

  private final TensorSource source;
  private final Network network;
  private final Map<String, String> given;
  private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

  /**
   * @param given the name of the file's tensor for each parameter's name; may be empty
   */
  TensorMatching(TensorSource source, Network network, Map<String, String> given) {
    this.source = source;
    this.network = network;
    this.given = given;
    source
        .tensors()
        .forEach(
            (name, tensor) -> {
              if (!name.endsWith(COUNTER)) {
                tensors.put(name, tensor);
              }
            });
  }

  /** Reads the weights of the network. */
  Weights weights() throws IOException {
    Map<String, String> names = names();
    Weights weights = Weights.zeros(network);
    for (Parameter parameter : network.parameters()) {
      String name = names.get(parameter.name());
      float[] values = source.floats(name);
      System.arraycopy(values, 0, weights.values(parameter.name()), 0, values.length);
    }
    return weights;
  }

  /** Returns the tensor's name for each parameter's name. */
  private Map<String, String> names() throws IOException {
    if (!given.isEmpty()) {
      return checked(byMap());
    }
    Map<String, String> byName = byName();
    return checked(byName == null ? byOrder() : byName);
  }

  private Map<String, String> byMap() throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    for (Parameter parameter : network.parameters()) {
      names.put(parameter.name(), given.getOrDefault(parameter.name(), parameter.name()));
    }
    for (Map.Entry<String, String> entry : given.entrySet()) {
      if (!names.containsKey(entry.getKey())) {
        throw new IllegalArgumentException(
            "--map names a parameter "
                + Quoted.text(entry.getKey())
                + " that network '"
                + network.name()
                + "' does not have; nin summary lists the layers");
      }
    }
    for (Map.Entry<String, String> entry : names.entrySet()) {
      if (!tensors.containsKey(entry.getValue())) {
        throw invalid(
            "has no tensor "
                + Quoted.text(entry.getValue())
                + " for parameter "
                + entry.getKey()
                + "; nin inspect lists its tensors");
      }
    }
    return names;
  }

  /** By name, without the longest prefix that ends in a dot and all tensors share; or null. */
  private Map<String, String> byName() {
    for (String prefix : List.of("", sharedPrefix())) {
      Map<String, String> names = new LinkedHashMap<>();
      for (Parameter parameter : network.parameters()) {
        if (tensors.containsKey(prefix + parameter.name())) {
          names.put(parameter.name(), prefix + parameter.name());
        }
      }
      if (names.size() == network.parameters().size()) {
        return names;
      }
    }
    return null;
  }

  private String sharedPrefix() {
    String shared = null;
    for (String name : tensors.keySet()) {
      shared = shared == null ? name : common(shared, name);
    }
    return shared == null ? "" : shared.substring(0, shared.lastIndexOf('.') + 1);
  }

  private static String common(String a, String b) {
    int length = 0;
    while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
      length++;
    }
    return a.substring(0, length);
  }

  private Map<String, String> byOrder() throws IOException {
    List<Parameter> parameters = network.parameters();
    if (tensors.size() != parameters.size()) {
      throw invalid(
          "holds "
              + tensors.size()
              + " tensors, but network '"
              + network.name()
              + "' has "
              + parameters.size()
              + " parameters and buffers under other names"
              + REMEDY);
    }
    Map<String, String> names = new LinkedHashMap<>();
    List<String> inOrder = new ArrayList<>(tensors.keySet());
    for (int i = 0; i < parameters.size(); i++) {
      names.put(parameters.get(i).name(), inOrder.get(i));
    }
    return names;
  }

  private Map<String, String> checked(Map<String, String> names) throws IOException {
    for (Parameter parameter : network.parameters()) {
      String name = names.get(parameter.name());
      TensorInfo tensor = tensors.get(name);
      if (!parameter.shape().dims().stream()
          .map(Integer::longValue)
          .toList()
          .equals(tensor.dims())) {
        throw invalid(
            "tensor "
                + Quoted.text(name)
                + " is "
                + NamedTensor.text(tensor.dims())
                + ", but parameter "
                + parameter.name()
                + " of network '"
                + network.name()
                + "' is "
                + parameter.shape()
                + REMEDY);
      }
      if (!tensor.dtype().readsAsFloat()) {
        throw invalid(
            "tensor " + Quoted.text(name) + " is " + tensor + ", and weights are floating point");
      }
    }
    Set<String> left = new LinkedHashSet<>(tensors.keySet());
    left.removeAll(names.values());
    if (names.values().stream().distinct().count() < names.size()) {
      throw new IllegalArgumentException("--map uses one tensor for several parameters");
    }
    if (!left.isEmpty() && given.isEmpty()) {
      String first = left.iterator().next();
      throw invalid(
          "holds a tensor "
              + Quoted.text(first)
              + " ("
              + tensors.get(first)
              + (left.size() == 1 ? ")" : ") and " + (left.size() - 1) + " more")
              + " that network '"
              + network.name()
              + "' does not have"
              + REMEDY);
    }
    return names;
  }

  private InvalidFileException invalid(String complaint) {
    Path file = source.file();
    return new InvalidFileException(file, complaint, null);
  }
}
