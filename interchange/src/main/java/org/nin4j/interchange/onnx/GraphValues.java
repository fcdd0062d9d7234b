package org.nin4j.interchange.onnx;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.onnx.GraphValue.Activation;
import org.nin4j.interchange.onnx.GraphValue.Constant;
import org.nin4j.interchange.onnx.GraphValue.Unusable;
import org.nin4j.internal.Quoted;

/** The values of a graph up to a node, by their names. */
final class GraphValues {
  private final Map<String, GraphValue> values = new HashMap<>();
  private final List<String> chain = new ArrayList<>(); // the nodes that compute activations
  private Activation current;

  /**
   * Begins with the image.
   *
   * @param dims its extents, without the batch
   */
  GraphValues(String input, List<Long> dims) {
    current = new Activation(0, dims);
    values.put(input, current);
  }

  void addInitializer(OnnxTensor tensor) throws InvalidFileException {
    if (values.put(tensor.name(), new Constant(tensor)) != null) {
      throw tensor.invalid("is there twice, or has the name of the image");
    }
  }

  /** Sets the output of a node, and says that nothing may use its others. */
  void set(OnnxNode node, GraphValue value) throws InvalidFileException {
    List<String> names = node.outputs();
    if (names.isEmpty() || names.get(0).isEmpty()) {
      throw node.invalid("has no output");
    }
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      GraphValue each = i == 0 ? value : new Unusable("output " + (i + 1) + " of " + node.label());
      if (!name.isEmpty() && values.put(name, each) != null) {
        throw node.invalid("computes " + Quoted.text(name) + ", which is there already");
      }
    }
  }

  /** Sets the output of a node that continues the chain. */
  void setCurrent(OnnxNode node, List<Long> dims) throws InvalidFileException {
    chain.add(node.label());
    current = new Activation(chain.size(), dims);
    set(node, current);
  }

  /** Requires that an input of a node is what the node before it has computed. */
  void requireCurrent(OnnxNode node, int input) throws InvalidFileException {
    GraphValue value = get(node, input);
    if (!(value instanceof Activation activation)) {
      throw node.invalid(
          "has constants as its input "
              + Quoted.text(node.inputs().get(input))
              + ", where what depends on the image is expected");
    }
    if (!activation.equals(current)) {
      throw node.invalid(
          "reads "
              + Quoted.text(node.inputs().get(input))
              + ", which "
              + chain.get(activation.number())
              + " reads, too; branches are not supported");
    }
  }

  /** Returns an input that must not depend on the image; empty where it is left out. */
  Optional<Values> constant(OnnxNode node, int input) throws InvalidFileException {
    if (node.input(input).isEmpty()) {
      return Optional.empty();
    }
    GraphValue value = get(node, input);
    if (value instanceof Constant constant) {
      return Optional.of(constant.values());
    }
    throw node.invalid(
        "has an input "
            + Quoted.text(node.inputs().get(input))
            + (value instanceof Extents ? " that is computed" : " that depends on the image")
            + ", where weights or other constants are expected;"
            + " branches are not supported");
  }

  Values requiredConstant(OnnxNode node, int input, String what) throws InvalidFileException {
    return constant(node, input).orElseThrow(() -> node.invalid("has no " + what));
  }

  GraphValue get(OnnxNode node, int input) throws InvalidFileException {
    Optional<String> name = node.input(input);
    if (name.isEmpty()) {
      throw node.invalid("has no input " + (input + 1));
    }
    GraphValue value = values.get(name.get());
    if (value == null) {
      throw node.invalid(
          "reads "
              + Quoted.text(name.get())
              + ", which no node before it computes and the file does not hold; the nodes form a"
              + " cycle, or the file is damaged");
    }
    if (value instanceof Unusable unusable) {
      throw node.invalid("reads " + unusable.what() + ", which is not supported");
    }
    return value;
  }

  /** Whether a name is what the last node of the chain has computed. */
  boolean isCurrent(String name) {
    return current.equals(values.get(name));
  }

  /** Whether a name stands for anything. */
  boolean has(String name) {
    return values.containsKey(name);
  }

  Extents shape(OnnxNode node, long batch) throws InvalidFileException {
    GraphValue value = get(node, 0);
    List<Long> all = new ArrayList<>();
    if (value instanceof Activation activation) {
      all.add(batch);
      all.addAll(activation.dims());
    } else if (value instanceof Constant constant) {
      all.addAll(constant.values().dims());
    } else {
      throw node.invalid("asks for the shape of a shape");
    }
    if (all.size() > Extents.MOST) {
      throw node.invalid("asks for the shape of what is no image");
    }
    return Extents.list(all);
  }
}
