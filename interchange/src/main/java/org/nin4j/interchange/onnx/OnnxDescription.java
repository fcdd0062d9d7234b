package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.nin4j.internal.Quoted;
import org.nin4j.io.FileDescription;
import org.nin4j.io.TensorInfo;

/** Says what is in a file, supported or not, without reading its weights. */
final class OnnxDescription {
  private static final int LONGEST_NAME = 60;
  private static final int MOST_VALUES = 8;

  private final OnnxFile file;
  private final ModelProto model;
  private final GraphProto graph;

  private OnnxDescription(OnnxFile file) {
    this.file = file;
    this.model = file.model();
    this.graph = model.getGraph();
  }

  static FileDescription of(Path path) throws IOException {
    return new OnnxDescription(OnnxFile.read(path)).description();
  }

  private FileDescription description() throws IOException {
    Map<String, String> properties = properties();
    List<TensorInfo> tensors = new ArrayList<>();
    List<String> others = new ArrayList<>();
    Map<String, Integer> elsewhere = new LinkedHashMap<>();
    for (TensorProto proto : graph.getInitializerList()) {
      OnnxTensor tensor = new OnnxTensor(file, proto, proto.getName());
      if (tensor.isExternal()) {
        elsewhere.merge(tensor.external().location(), 1, Integer::sum);
      }
      tensor
          .dtype()
          .ifPresentOrElse(
              dtype -> tensors.add(new TensorInfo(tensor.name(), dtype, tensor.dims())),
              () -> others.add(name(tensor.name()) + " " + tensor.typeAndExtents()));
    }
    elsewhere.forEach(
        (location, count) ->
            properties.merge(
                "external data",
                count + (count == 1 ? " tensor in " : " tensors in ") + name(location),
                (one, other) -> one + ", " + other));
    if (!others.isEmpty()) {
      properties.put("tensors of other types", list(others));
    }
    return new FileDescription(
        "ONNX",
        properties,
        file.metadata(),
        tensors,
        graph.getNodeList().stream().map(OnnxDescription::line).toList());
  }

  private Map<String, String> properties() {
    Map<String, String> properties = new LinkedHashMap<>();
    properties.put("IR version", String.valueOf(model.getIrVersion()));
    properties.put(
        "operator sets",
        list(model.getOpsetImportList().stream().map(OnnxDescription::set).toList()));
    String producer = (model.getProducerName() + " " + model.getProducerVersion()).strip();
    if (!producer.isEmpty()) {
      properties.put("producer", name(producer));
    }
    if (!graph.getName().isEmpty()) {
      properties.put("graph", name(graph.getName()));
    }
    properties.put("inputs", list(graph.getInputList().stream().map(this::value).toList()));
    properties.put("outputs", list(graph.getOutputList().stream().map(this::value).toList()));
    properties.put("nodes", String.valueOf(graph.getNodeCount()));
    if (model.getFunctionsCount() > 0) {
      properties.put("functions", String.valueOf(model.getFunctionsCount()));
    }
    return properties;
  }

  private static String set(OperatorSetIdProto set) {
    return (OnnxFile.isOnnx(set.getDomain()) ? "ONNX" : name(set.getDomain()))
        + " "
        + set.getVersion();
  }

  private String value(ValueInfoProto value) {
    if (!value.getType().hasTensorType()) {
      return name(value.getName()) + " (not a tensor)";
    }
    return name(value.getName())
        + " "
        + ElementType.of(value.getType().getTensorType().getElemType())
        + " "
        + value.getType().getTensorType().getShape().getDimList().stream()
            .limit(MOST_VALUES)
            .map(OnnxDescription::extent)
            .collect(Collectors.joining("x"));
  }

  private static String extent(Dimension dim) {
    if (dim.hasDimValue()) {
      return String.valueOf(dim.getDimValue());
    }
    return dim.getDimParam().isEmpty() ? "?" : name(dim.getDimParam());
  }

  /** {@code Conv conv1: images, conv1.weight -> conv1, kernel_shape=[3, 3]}. */
  private static String line(NodeProto node) {
    String operator =
        OnnxFile.isOnnx(node.getDomain())
            ? node.getOpType()
            : node.getDomain() + "." + node.getOpType();
    String attributes =
        list(
            node.getAttributeList().stream()
                .limit(2 * MOST_VALUES)
                .map(OnnxDescription::attribute)
                .toList(),
            2 * MOST_VALUES);
    return name(operator)
        + (node.getName().isEmpty() ? "" : " " + name(node.getName()))
        + (node.getInputCount() == 0 ? "" : ": " + names(node.getInputList()))
        + " -> "
        + names(node.getOutputList())
        + (attributes.isEmpty() ? "" : "; " + attributes);
  }

  private static String attribute(AttributeProto attribute) {
    String value =
        switch (attribute.getType()) {
          case FLOAT -> String.valueOf(attribute.getF());
          case INT -> String.valueOf(attribute.getI());
          case STRING -> name(attribute.getS().toStringUtf8());
          case FLOATS -> numbers(attribute.getFloatsList());
          case INTS -> numbers(attribute.getIntsList());
          case TENSOR ->
              ElementType.of(attribute.getT().getDataType())
                  + " "
                  + TensorInfo.text(
                      attribute.getT().getDimsList().stream().limit(MOST_VALUES).toList());
          default -> attribute.getType().toString().toLowerCase(Locale.ROOT);
        };
    return name(attribute.getName()) + "=" + value;
  }

  private static String numbers(List<?> values) {
    return "[" + list(values.stream().limit(MOST_VALUES + 1L).map(String::valueOf).toList()) + "]";
  }

  private static String names(List<String> values) {
    return list(values.stream().limit(MOST_VALUES + 1L).map(OnnxDescription::name).toList());
  }

  private static String name(String text) {
    return Quoted.printable(text, LONGEST_NAME);
  }

  private static String list(List<String> texts) {
    return list(texts, MOST_VALUES);
  }

  /** The first few. */
  private static String list(List<String> texts, int most) {
    return texts.stream().limit(most).collect(Collectors.joining(", "))
        + (texts.size() > most ? ", ..." : "");
  }
}
