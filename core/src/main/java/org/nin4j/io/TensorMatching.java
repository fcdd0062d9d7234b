package org.nin4j.io;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;

/**
 * Which tensor of a file is which parameter of a network. In this order:
 *
 * <ol>
 *   <li>as the user says. Parameters that the user does not mention are found by name;
 *   <li>by name, but for a prefix that all tensors share, such as {@code module.};
 *   <li>by the order of the file, if there are as many tensors as parameters.
 * </ol>
 *
 * <p>Shapes must be equal. Two tensors of one shape that are in another order than the network's
 * parameters cannot be told from the right order. PyTorch's counters {@code num_batches_tracked}
 * are ignored; no other tensor may be left over, unless the user has assigned all parameters.
 *
 * @param network whose parameters they are
 * @param names the tensor's name for each parameter's name
 * @param how how they were found, in words that follow "assigned"
 */
record TensorMatching(Network network, Map<String, String> names, String how) {
  private static final String COUNTER = "num_batches_tracked";

  /** Whether a tensor is one of PyTorch's counters, which no network here uses. */
  static boolean isCounter(String tensor) {
    return tensor.endsWith(COUNTER);
  }

  /**
   * Finds the tensors.
   *
   * @param given the name of the file's tensor for a parameter's name; may be empty
   * @throws InvalidFileException when the tensors are not those of the network
   * @throws IllegalArgumentException when the given names are not
   */
  static TensorMatching of(TensorSource source, Network network, Map<String, String> given)
      throws IOException {
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    for (Map.Entry<String, TensorInfo> tensor : source.tensors().entrySet()) {
      if (!isCounter(tensor.getKey())) {
        tensors.put(tensor.getKey(), tensor.getValue());
      }
    }
    return new TensorSearch(source.file(), network, tensors, given).run();
  }

  /** Reads the weights of the network. */
  Weights read(TensorSource source) throws IOException {
    Weights weights = Weights.zeros(network);
    for (Parameter parameter : network.parameters()) {
      float[] values = source.floats(names.get(parameter.name()));
      System.arraycopy(values, 0, weights.values(parameter.name()), 0, values.length);
    }
    return weights;
  }
}
