package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;

/** A node of a file's graph, and what its attributes say. */
final class OnnxNode {
  private final OnnxFile file;
  private final NodeProto node;
  private final int index;
  private final long opset;
  private final Map<String, AttributeProto> attributes = new HashMap<>();

  /**
   * @param index from 0, for messages
   * @throws InvalidFileException when an attribute occurs twice
   */
  OnnxNode(OnnxFile file, NodeProto node, int index, long opset) throws InvalidFileException {
    this.file = file;
    this.node = node;
    this.index = index;
    this.opset = opset;
    for (AttributeProto attribute : node.getAttributeList()) {
      if (attributes.put(attribute.getName(), attribute) != null) {
        throw invalid("has attribute " + Quoted.text(attribute.getName()) + " twice");
      }
    }
  }

  OnnxFile file() {
    return file;
  }

  String type() {
    return node.getOpType();
  }

  String domain() {
    return node.getDomain();
  }

  long opset() {
    return opset;
  }

  List<String> inputs() {
    return node.getInputList();
  }

  List<String> outputs() {
    return node.getOutputList();
  }

  /** The name of an input; empty where it is left out, as optional ones may be. */
  Optional<String> input(int i) {
    return i < node.getInputCount() && !node.getInput(i).isEmpty()
        ? Optional.of(node.getInput(i))
        : Optional.empty();
  }

  /**
   * Refuses attributes that are not understood.
   *
   * @param known those that are, or mean nothing in inference
   */
  void requireOnly(String... known) throws InvalidFileException {
    Set<String> names = Set.of(known);
    for (String name : attributes.keySet()) {
      if (!names.contains(name)) {
        throw invalid("has an attribute " + Quoted.text(name) + ", which is not supported");
      }
    }
  }

  boolean has(String name) {
    return attributes.containsKey(name);
  }

  long integer(String name, long otherwise) throws InvalidFileException {
    AttributeProto attribute = attribute(name, AttributeType.INT);
    return attribute == null ? otherwise : attribute.getI();
  }

  /** An integer that must be one of a few values. */
  void require(String name, long otherwise, long supported) throws InvalidFileException {
    long value = integer(name, otherwise);
    if (value != supported) {
      throw invalid("has " + name + " " + value + ", and only " + supported + " is supported");
    }
  }

  float real(String name, float otherwise) throws InvalidFileException {
    AttributeProto attribute = attribute(name, AttributeType.FLOAT);
    return attribute == null ? otherwise : attribute.getF();
  }

  String text(String name, String otherwise) throws InvalidFileException {
    AttributeProto attribute = attribute(name, AttributeType.STRING);
    return attribute == null ? otherwise : attribute.getS().toStringUtf8();
  }

  Optional<List<Long>> integers(String name) throws InvalidFileException {
    AttributeProto attribute = attribute(name, AttributeType.INTS);
    return attribute == null ? Optional.empty() : Optional.of(attribute.getIntsList());
  }

  Optional<List<Float>> reals(String name) throws InvalidFileException {
    AttributeProto attribute = attribute(name, AttributeType.FLOATS);
    return attribute == null ? Optional.empty() : Optional.of(attribute.getFloatsList());
  }

  Optional<OnnxTensor> tensor(String name, String called) throws InvalidFileException {
    AttributeProto attribute = attribute(name, AttributeType.TENSOR);
    return attribute == null
        ? Optional.empty()
        : Optional.of(new OnnxTensor(file, attribute.getT(), called));
  }

  private AttributeProto attribute(String name, AttributeType type) throws InvalidFileException {
    AttributeProto attribute = attributes.get(name);
    if (attribute != null && attribute.getType() != type) {
      throw invalid("has an attribute " + name + " that is not of the type " + type);
    }
    return attribute;
  }

  /** {@code node 'conv1' (Conv, opset 13)}. */
  String label() {
    String name = node.getName().isEmpty() ? String.valueOf(index) : Quoted.text(node.getName());
    String operator =
        OnnxFile.isOnnx(domain()) ? type() : domain() + "." + type(); // as com.microsoft.Gelu
    return "node " + name + " (" + Quoted.printable(operator, 80) + ", opset " + opset + ")";
  }

  InvalidFileException invalid(String complaint) {
    return file.invalid(label() + " " + complaint);
  }

  @Override
  public String toString() {
    return label();
  }
}
