package org.nin4j.interchange.onnx;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.nin4j.engine.Weights;
import org.nin4j.internal.LibraryVersion;
import org.nin4j.internal.Quoted;
import org.nin4j.io.Dtype;
import org.nin4j.io.Model;
import org.nin4j.io.ModelTensors;
import org.nin4j.io.NamedTensor;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;

/**
 * A model as an ONNX file: operator set 17, for inference, for any number of images. The values are
 * written piece by piece, after all else, so that no second copy of them is made.
 *
 * <p>A quantized model is written in QDQ form: the weights as 8-bit integers, and each operator
 * with integers between nodes that quantize and dequantize.
 */
public final class OnnxExporter {
  /** The name of the input: (N, C, H, W), as the model's preprocessing makes it. */
  public static final String IMAGES = "images";

  /** The name of the output: (N, classes). */
  public static final String LOGITS = "logits";

  private static final int IR_VERSION = 8;
  private static final int OPERATOR_SET = 17;
  private static final long LARGEST = Integer.MAX_VALUE; // that protobuf reads

  // The message is written in the order of its fields, as protobuf itself writes it.
  private final ModelProto head;
  private final GraphProto nodes;
  private final List<Initializer> initializers;
  private final GraphProto ends;
  private final ModelProto tail;
  private final long graphSize;

  /** Of any tensors that have the network's names. */
  OnnxExporter(Network network, List<NamedTensor> tensors, Map<String, String> metadata) {
    requireText(network.name());
    ModelProto.Builder before =
        ModelProto.newBuilder().setIrVersion(IR_VERSION).setProducerName("nin4j");
    LibraryVersion.of(OnnxExporter.class).ifPresent(before::setProducerVersion);
    head = before.build();
    Set<String> integers =
        tensors.stream()
            .filter(tensor -> tensor.dtype() == Dtype.I8)
            .map(NamedTensor::name)
            .collect(Collectors.toSet());
    nodes =
        GraphProto.newBuilder()
            .addAllNode(OnnxNodes.of(network, path -> integers.contains(path + ".weight")))
            .setName(network.name().isEmpty() ? "network" : network.name())
            .build();
    Set<String> scalars = scalars(nodes.getNodeList());
    initializers =
        tensors.stream()
            .map(tensor -> new Initializer(tensor, scalars.contains(tensor.name())))
            .toList();
    ends =
        GraphProto.newBuilder()
            .addInput(tensor(IMAGES, network.input()))
            .addOutput(tensor(LOGITS, Shape.of(1, network.classes())))
            .build();
    ModelProto.Builder after =
        ModelProto.newBuilder()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("").setVersion(OPERATOR_SET));
    metadata.forEach(
        (key, value) -> {
          requireText(key);
          requireText(value);
          after.addMetadataProps(StringStringEntryProto.newBuilder().setKey(key).setValue(value));
        });
    tail = after.build();
    graphSize =
        nodes.getSerializedSize()
            + ends.getSerializedSize()
            + initializers.stream()
                .mapToLong(each -> size(GraphProto.INITIALIZER_FIELD_NUMBER, each.size()))
                .sum();
    requireSize(network);
  }

  /**
   * Prepares a model to be written.
   *
   * @param model any model; its weights must not change until it is written
   * @return what writes it
   * @throws IllegalArgumentException when ONNX has no operator for a layer, a text is not Unicode,
   *     or the file would exceed 2^31 - 1 bytes
   */
  public static OnnxExporter of(Model model) {
    ModelTensors content = ModelTensors.of(model);
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.putAll(ImageMetadata.of(model.preprocessing()));
    return new OnnxExporter(model.network(), content.tensors(), metadata);
  }

  /**
   * Prepares a network to be written, without classes and preprocessing, for who knows them.
   *
   * @param network any network
   * @param weights its numbers; they must not change until they are written
   * @return what writes it
   * @throws IllegalArgumentException when ONNX has no operator for a layer, the network's name is
   *     not Unicode, or the file would exceed 2^31 - 1 bytes
   */
  public static OnnxExporter of(Network network, Weights weights) {
    List<NamedTensor> tensors =
        network.parameters().stream()
            .map(each -> NamedTensor.of(each.name(), each.shape(), weights.values(each.name())))
            .toList();
    return new OnnxExporter(network, tensors, Map.of());
  }

  /**
   * Writes the content of the file.
   *
   * @param out receives the bytes; need not be buffered, and is not closed
   * @throws IOException when the stream cannot be written
   */
  public void writeTo(OutputStream out) throws IOException {
    CodedOutputStream coded = CodedOutputStream.newInstance(out, 1 << 16);
    head.writeTo(coded);
    writeStart(coded, ModelProto.GRAPH_FIELD_NUMBER, graphSize);
    nodes.writeTo(coded);
    for (Initializer each : initializers) {
      writeStart(coded, GraphProto.INITIALIZER_FIELD_NUMBER, each.size());
      each.writeTo(coded);
    }
    ends.writeTo(coded);
    tail.writeTo(coded);
    coded.flush();
  }

  /**
   * Returns the content of the file.
   *
   * @return the bytes that {@link #writeTo} writes, a new array
   */
  public byte[] toByteArray() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(size()));
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private long size() {
    return head.getSerializedSize()
        + size(ModelProto.GRAPH_FIELD_NUMBER, graphSize)
        + tail.getSerializedSize();
  }

  private void requireSize(Network network) {
    if (size() > LARGEST) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "network '%s' would make an ONNX file of %.1f GB, and such files cannot be larger than"
                  + " 2.1 GB; write it as .safetensors, .pt or .npz, or quantize it first",
              network.name(),
              size() / 1e9));
    }
  }

  /** The size of a message as a field of another. */
  private static long size(int field, long message) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt64SizeNoTag(message)
        + message;
  }

  private static void writeStart(CodedOutputStream out, int field, long message)
      throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt64NoTag(message);
  }

  /** The scale and zero point of a whole tensor have no extents in ONNX. */
  private static Set<String> scalars(List<NodeProto> nodes) {
    return nodes.stream()
        .filter(node -> node.getOpType().equals("QuantizeLinear"))
        .flatMap(node -> node.getInputList().stream().skip(1))
        .collect(Collectors.toSet());
  }

  /** The first extent is the number of images, which may be any. */
  private static ValueInfoProto tensor(String name, Shape shape) {
    TensorShapeProto.Builder extents =
        TensorShapeProto.newBuilder().addDim(Dimension.newBuilder().setDimParam("N"));
    shape
        .dims()
        .subList(1, shape.rank())
        .forEach(extent -> extents.addDim(Dimension.newBuilder().setDimValue(extent)));
    TypeProto.Tensor.Builder type =
        TypeProto.Tensor.newBuilder().setElemType(DataType.FLOAT.getNumber()).setShape(extents);
    return ValueInfoProto.newBuilder()
        .setName(name)
        .setType(TypeProto.newBuilder().setTensorType(type))
        .build();
  }

  /** Protobuf would write something else in its place. */
  private static void requireText(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException(Quoted.text(text) + " is not Unicode text");
    }
  }
}
