package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto.Dimension;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.io.ModelTensors;
import org.nin4j.io.Models;
import org.nin4j.io.NamedTensor;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

class OnnxExporterTest {
  private static final Preprocessing UNIT = Preprocessing.unit(1, 4, 4);

  @TempDir Path folder;

  @Test
  void theFileSaysWhatItIs() throws IOException {
    ModelProto file = parsed(model(UNIT, Map.of()));
    assertEquals(8, file.getIrVersion());
    assertEquals(1, file.getOpsetImportCount());
    assertEquals("", file.getOpsetImport(0).getDomain());
    assertEquals(17, file.getOpsetImport(0).getVersion());
    assertEquals("nin4j", file.getProducerName());
    assertEquals("small", file.getGraph().getName());
    assertEquals(List.of("images N 1 4 4"), named(file.getGraph().getInputList()));
    assertEquals(List.of("logits N 2"), named(file.getGraph().getOutputList()));
  }

  @Test
  void theInitializersAreTheWeightsUnderTheirNames() throws IOException {
    Model model = model(UNIT, Map.of());
    List<TensorProto> tensors = parsed(model).getGraph().getInitializerList();
    assertEquals(List.of("0.0.weight", "0.0.bias", "3.weight"), names(tensors));
    assertEquals(List.of(3L, 1L, 2L, 2L), tensors.get(0).getDimsList());
    for (TensorProto tensor : tensors) {
      assertEquals(DataType.FLOAT.getNumber(), tensor.getDataType());
      float[] values = new float[tensor.getRawData().size() / Float.BYTES];
      little(tensor).asFloatBuffer().get(values);
      assertArrayEquals(model.weights().values(tensor.getName()), values);
    }
  }

  @Test
  void theBytesAreThoseThatProtobufWrites() throws IOException {
    byte[] bytes = OnnxExporter.of(model(UNIT, Map.of("recipe", "none"))).toByteArray();
    assertArrayEquals(bytes, ModelProto.parseFrom(bytes).toByteArray());
  }

  @Test
  void equalModelsGiveEqualBytes() {
    assertArrayEquals(
        OnnxExporter.of(model(UNIT, Map.of("b", "2", "a", "1"))).toByteArray(),
        OnnxExporter.of(model(UNIT, Map.of("a", "1", "b", "2"))).toByteArray());
  }

  @Test
  void theMetadataHoldAllOfTheModelAndWhatOnnxDefinesForImages() throws IOException {
    Model model = model(UNIT, Map.of("recipe", "none"));
    Map<String, String> expected = new LinkedHashMap<>(ModelTensors.of(model).metadata());
    expected.put("Image.BitmapPixelFormat", "Gray8");
    expected.put("Image.ColorSpaceGamma", "SRGB");
    expected.put("Image.NominalPixelRange", "Normalized_0_1");
    assertEquals(expected, metadata(parsed(model)));
  }

  @Test
  void theRangeOfPixelsIsSaidWhereOnnxHasANameForIt() throws IOException {
    assertEquals("Normalized_1_1", range(new Normalize(List.of(0.5f), List.of(0.5f))));
    assertEquals(null, range(new Normalize(List.of(0.5f), List.of(0.25f))));
  }

  private static String range(Normalize normalize) throws IOException {
    Model model = model(UNIT.then(normalize), Map.of());
    return metadata(parsed(model)).get("Image.NominalPixelRange");
  }

  @Test
  void aNetworkWithoutClassesIsWrittenWithoutMetadata() throws IOException {
    Model model = model(UNIT, Map.of());
    ModelProto whole = parsed(model);
    byte[] bytes = OnnxExporter.of(model.network(), model.weights()).toByteArray();
    assertEquals(whole.toBuilder().clearMetadataProps().build(), ModelProto.parseFrom(bytes));
  }

  @Test
  void aQuantizedModelHoldsIntegersAndTheirScales() throws IOException {
    List<TensorProto> tensors = parsed(quantized()).getGraph().getInitializerList();
    Map<String, TensorProto> byName =
        tensors.stream().collect(Collectors.toMap(TensorProto::getName, each -> each));
    TensorProto weight = byName.get("0.0.weight");
    assertEquals(DataType.INT8.getNumber(), weight.getDataType());
    assertEquals(List.of(3L, 1L, 2L, 2L), weight.getDimsList());
    assertArrayEquals(
        new byte[] {-128 + 1, -42, 42, 127}, // of -3, -1, 1, 3 in steps of 3 / 127
        Arrays.copyOf(weight.getRawData().toByteArray(), 4));
    assertEquals(List.of(3L), byName.get("0.0.weight_scale").getDimsList());
    TensorProto scale = byName.get("0.0.input_scale");
    assertEquals(List.of(), scale.getDimsList());
    assertEquals(0.25f, little(scale).getFloat());
    TensorProto zeroPoint = byName.get("0.0.input_zero_point");
    assertEquals(List.of(), zeroPoint.getDimsList());
    assertEquals(DataType.UINT8.getNumber(), zeroPoint.getDataType());
    assertArrayEquals(new byte[] {-128}, zeroPoint.getRawData().toByteArray()); // 128
    assertEquals(DataType.FLOAT.getNumber(), byName.get("0.0.bias").getDataType());
    assertEquals(
        ModelTensors.of(quantized()).tensors().stream().map(NamedTensor::name).toList(),
        names(tensors));
  }

  @Test
  void aFileHoldsTheBytes() throws IOException {
    Model model = model(UNIT, Map.of());
    Path file = folder.resolve("model.onnx");
    Models.write(file, model);
    assertArrayEquals(OnnxExporter.of(model).toByteArray(), Files.readAllBytes(file));
  }

  @Test
  void aRefusedModelLeavesNoFile() throws IOException {
    Model model = model(Map.of(), UNIT, new AdaptiveAvgPool2d(new Size2d(5, 1)), new Flatten());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> Models.write(folder.resolve("model.onnx"), model))
            .getMessage();
    assertEquals(
        "layer 0 AdaptiveAvgPool2d(output_size=(5, 1)) cannot be written as ONNX, which has no"
            + " operator for means over windows of several sizes; its input is 1x1x4x4, so choose"
            + " an output_size that divides 4 and 4",
        message);
    try (var files = Files.list(folder)) {
      assertEquals(List.of(), files.toList());
    }
  }

  @Test
  void halfOfACharacterIsNoText() {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> OnnxExporter.of(model(UNIT, Map.of("author", "\ud800"))));
    assertTrue(refusal.getMessage().endsWith("is not Unicode text"), refusal.getMessage());
  }

  /** 600 layers that share one array of 4 MB. */
  @Test
  void aModelOfMoreThanTwoGigabytesIsRefused() {
    List<Layer> layers = new ArrayList<>(List.of(new Flatten()));
    List<NamedTensor> tensors = new ArrayList<>();
    float[] values = new float[1000 * 1000];
    for (int i = 1; i <= 600; i++) {
      layers.add(new Linear(1000, 1000, false));
      tensors.add(NamedTensor.of(i + ".weight", Shape.of(1000, 1000), values));
    }
    Network network = new Network("huge", Shape.of(1, 1000, 1, 1), new Sequential(layers));
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class, () -> new OnnxExporter(network, tensors, Map.of()));
    assertEquals(
        "network 'huge' would make an ONNX file of 2.4 GB, and such files cannot be larger than"
            + " 2.1 GB; write it as .safetensors, .pt or .npz, or quantize it first",
        refusal.getMessage());
  }

  @Test
  void writingMakesNoCopyOfTheWeights() throws IOException {
    Network network = Networks.NIN_IMAGENET.build();
    Weights weights = Weights.zeros(network);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    OnnxExporter.of(network, weights).writeTo(OutputStream.nullOutputStream());
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated < network.parameterCount(), allocated + " bytes"); // of four times as many
  }

  private static Model quantized() {
    Model model = model(UNIT, Map.of());
    Map<String, QuantizedLayer> layers = new LinkedHashMap<>();
    layers.put(
        "0.0",
        new QuantizedLayer(
            new QuantizationParameters(0.25f, 128), List.of(3 / 127f, 11 / 127f, 19 / 127f)));
    layers.put(
        "3",
        new QuantizedLayer(new QuantizationParameters(0.5f, 0), List.of(31 / 127f, 37 / 127f)));
    return new Model(
        model.network(),
        model.weights(),
        model.classes(),
        model.preprocessing(),
        model.provenance(),
        new Quantization(layers));
  }

  private static Model model(Preprocessing preprocessing, Map<String, String> provenance) {
    return model(
        provenance,
        preprocessing,
        new Sequential(new Conv2d(1, 3, 2)),
        new AdaptiveAvgPool2d(1),
        new Flatten(),
        new Linear(3, 2, false));
  }

  /** Its weights are odd numbers from -3 on. */
  private static Model model(
      Map<String, String> provenance, Preprocessing preprocessing, Layer... layers) {
    Network network = new Network("small", Shape.of(1, 1, 4, 4), new Sequential(layers));
    Weights weights = Weights.zeros(network);
    int next = -3;
    for (int i = 0; i < weights.count(); i++) {
      for (int j = 0; j < weights.values(i).length; j++) {
        weights.values(i)[j] = next;
        next += 2;
      }
    }
    List<String> classes = new ArrayList<>();
    for (int i = 0; i < network.classes(); i++) {
      classes.add("class " + i);
    }
    return new Model(network, weights, classes, preprocessing, provenance);
  }

  private static ModelProto parsed(Model model) throws IOException {
    return ModelProto.parseFrom(OnnxExporter.of(model).toByteArray());
  }

  private static Map<String, String> metadata(ModelProto file) {
    return file.getMetadataPropsList().stream()
        .collect(
            Collectors.toMap(StringStringEntryProto::getKey, StringStringEntryProto::getValue));
  }

  private static List<String> names(List<TensorProto> tensors) {
    return tensors.stream().map(TensorProto::getName).toList();
  }

  /** {@code images N 1 4 4}, all of floats. */
  private static List<String> named(List<ValueInfoProto> values) {
    return values.stream()
        .map(
            value -> {
              assertEquals(
                  DataType.FLOAT.getNumber(), value.getType().getTensorType().getElemType());
              return value.getName()
                  + value.getType().getTensorType().getShape().getDimList().stream()
                      .map(OnnxExporterTest::text)
                      .collect(Collectors.joining());
            })
        .toList();
  }

  private static String text(Dimension extent) {
    return " " + (extent.hasDimParam() ? extent.getDimParam() : extent.getDimValue());
  }

  private static ByteBuffer little(TensorProto tensor) {
    return tensor.getRawData().asReadOnlyByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
  }
}
