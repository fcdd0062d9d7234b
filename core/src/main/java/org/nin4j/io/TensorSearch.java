package org.nin4j.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.Suggestion;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;

/**
 * Searches for the tensors of a network's parameters, as {@link TensorMatching} describes.
 *
 * @param file for messages
 * @param tensors all that may be parameters, in the file's order
 * @param given the name of the file's tensor for a parameter's name; may be empty
 */
record TensorSearch(
    Path file, Network network, Map<String, TensorInfo> tensors, Map<String, String> given) {
  private static final String REMEDY =
      "; check --net, the number of --classes and the channels of --mean, or assign the tensors with"
          + " --map (in Java: ImportOptions.network and tensorNames)";

  TensorMatching run() throws InvalidFileException {
    TensorMatching found = given.isEmpty() ? byNameOrOrder() : byMap();
    for (Parameter parameter : network.parameters()) {
      requireFit(parameter, tensors.get(found.names().get(parameter.name())));
    }
    if (given.size() < network.parameters().size()) {
      refuseRest(found);
    }
    return found;
  }

  private TensorMatching byMap() throws InvalidFileException {
    refuseUnknown();
    for (String prefix : prefixes()) {
      Map<String, String> names = new LinkedHashMap<>();
      for (Parameter parameter : network.parameters()) {
        names.put(
            parameter.name(), given.getOrDefault(parameter.name(), prefix + parameter.name()));
      }
      if (tensors.keySet().containsAll(names.values())
          && new HashSet<>(names.values()).size() == names.size()) {
        return new TensorMatching(network, names, "by the mapping");
      }
    }
    String missing =
        network.parameters().stream()
            .map(Parameter::name)
            .filter(name -> !given.containsKey(name))
            .filter(name -> !tensors.containsKey(name) || given.containsValue(name))
            .findFirst()
            .orElseThrow();
    throw new InvalidFileException(
        file,
        "has no tensor of its own for parameter '"
            + missing
            + "' of network '"
            + network.name()
            + "'; name one with --map (in Java: ImportOptions.tensorNames)",
        null);
  }

  /** Refuses names that are not there, and tensors that are named twice. */
  private void refuseUnknown() {
    List<String> parameters = network.parameters().stream().map(Parameter::name).toList();
    Map<String, String> parameterOf = new HashMap<>();
    given.forEach(
        (parameter, tensor) -> {
          if (!parameters.contains(parameter)) {
            throw badMap(
                Suggestion.unknown(
                    "parameter of network '" + network.name() + "'", parameter, parameters));
          }
          if (!tensors.containsKey(tensor)) {
            throw badMap(
                "parameter '"
                    + parameter
                    + "' cannot be tensor "
                    + Quoted.text(tensor)
                    + ", which the file does not have; 'nin inspect' lists its tensors");
          }
          String other = parameterOf.put(tensor, parameter);
          if (other != null) {
            throw badMap(
                "tensor "
                    + Quoted.text(tensor)
                    + " cannot be both '"
                    + other
                    + "' and '"
                    + parameter
                    + "'");
          }
        });
  }

  private IllegalArgumentException badMap(String complaint) {
    return new IllegalArgumentException(
        file + ": --map (in Java: ImportOptions.tensorNames): " + complaint);
  }

  private TensorMatching byNameOrOrder() throws InvalidFileException {
    Optional<TensorMatching> byName = byName();
    return byName.isPresent() ? byName.get() : byOrder();
  }

  private Optional<TensorMatching> byName() {
    for (String prefix : prefixes()) {
      Map<String, String> names = new LinkedHashMap<>();
      network
          .parameters()
          .forEach(parameter -> names.put(parameter.name(), prefix + parameter.name()));
      if (tensors.keySet().containsAll(names.values())) {
        String after = prefix.isEmpty() ? "" : ", after the prefix " + Quoted.text(prefix);
        return Optional.of(new TensorMatching(network, names, "by name" + after));
      }
    }
    return Optional.empty();
  }

  /** Returns what all names begin with, up to each dot: for module.net.0.bias, "" to module.net. */
  private List<String> prefixes() {
    String shared = null;
    for (String name : tensors.keySet()) {
      shared = shared == null ? name : common(shared, name);
    }
    List<String> prefixes = new ArrayList<>(List.of(""));
    for (int dot = 0; shared != null && (dot = shared.indexOf('.', dot)) >= 0; dot++) {
      prefixes.add(shared.substring(0, dot + 1));
    }
    return prefixes;
  }

  private static String common(String a, String b) {
    int length = 0;
    while (length < Math.min(a.length(), b.length()) && a.charAt(length) == b.charAt(length)) {
      length++;
    }
    return a.substring(0, length);
  }

  private TensorMatching byOrder() throws InvalidFileException {
    List<Parameter> parameters = network.parameters();
    if (tensors.size() != parameters.size()) {
      throw new InvalidFileException(
          file,
          "holds "
              + count(tensors.size(), "tensor")
              + ", but network '"
              + network.name()
              + "' has "
              + count(parameters.size(), "parameter")
              + " and other names for them"
              + REMEDY,
          null);
    }
    Map<String, String> names = new LinkedHashMap<>();
    List<String> inOrder = List.copyOf(tensors.keySet());
    for (int i = 0; i < parameters.size(); i++) {
      names.put(parameters.get(i).name(), inOrder.get(i));
    }
    return new TensorMatching(network, names, "in the order of the file");
  }

  /** {@code 1 tensor}, {@code 2 tensors}. */
  static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  private void requireFit(Parameter parameter, TensorInfo tensor) throws InvalidFileException {
    if (!tensor.hasShape(parameter.shape())) {
      throw new InvalidFileException(
          file,
          "tensor "
              + Quoted.text(tensor.name())
              + " is "
              + TensorInfo.text(tensor.dims())
              + ", but parameter '"
              + parameter.name()
              + "' of network '"
              + network.name()
              + "' is "
              + parameter.shape()
              + REMEDY,
          null);
    }
    boolean integers = tensor.dtype() == Dtype.I8 || tensor.dtype() == Dtype.U8;
    if (integers || !tensor.dtype().readsAsFloat()) {
      throw new InvalidFileException(
          file,
          "tensor "
              + Quoted.text(tensor.name())
              + " is "
              + tensor
              + ", but weights are F64, F32, F16 or BF16; save them as one of these",
          null);
    }
  }

  private void refuseRest(TensorMatching found) throws InvalidFileException {
    Set<String> rest = new HashSet<>(tensors.keySet());
    rest.removeAll(found.names().values());
    Optional<String> first = tensors.keySet().stream().filter(rest::contains).findFirst();
    if (first.isPresent()) {
      throw new InvalidFileException(
          file,
          "holds a tensor "
              + Quoted.text(first.get())
              + " ("
              + tensors.get(first.get())
              + (rest.size() == 1 ? ")" : ") and " + (rest.size() - 1) + " more")
              + " that network '"
              + network.name()
              + "' does not have"
              + REMEDY,
          null);
    }
  }
}
