package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** What this library writes comes back complete, unless the graph and the metadata differ. */
class OnnxRoundTripTest {
  /** All kinds of layers, with pools that ONNX describes in another way. */
  private static final Network ALL =
      new Network(
          "all",
          Shape.of(1, 3, 17, 15),
          new Sequential(
              new Sequential(
                  new Conv2d(3, 4, new Size2d(3, 2), new Size2d(1, 1), new Size2d(2, 1), true),
                  new ReLU(),
                  new Conv2d(4, 4, Size2d.of(1), Size2d.of(1), Size2d.of(0), false),
                  new BatchNorm2d(4, 1e-3f, 0.25f)),
              new MaxPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(1), true),
              new Dropout(0.25f),
              new AvgPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(1), true, true),
              new AvgPool2d(Size2d.of(2), Size2d.of(1), Size2d.of(1), false, false),
              new AdaptiveAvgPool2d(new Size2d(3, 2)),
              new AdaptiveAvgPool2d(1),
              new Flatten(),
              new Linear(4, 6),
              new ReLU(),
              new Linear(6, 3, false)));

  @TempDir Path folder;

  @Test
  void aModelComesBackComplete() throws IOException {
    assertComesBack(model(ALL, null));
  }

  @Test
  void aQuantizedModelComesBackComplete() throws IOException {
    assertComesBack(model(ALL, quantization(ALL)));
  }

  @Test
  void presetsComeBack() throws IOException {
    for (Networks preset : Networks.values()) {
      Network network = preset.build();
      if (network.parameterCount() < 4_000_000) {
        assertComesBack(model(network, null));
      }
    }
  }

  private void assertComesBack(Model model) throws IOException {
    Path file = folder.resolve("model.onnx");
    Models.write(file, model);
    Model read = Models.read(file);
    assertEquals(model.network(), read.network());
    assertEquals(model.classes(), read.classes());
    assertEquals(model.preprocessing(), read.preprocessing());
    assertEquals(model.provenance(), read.provenance());
    assertEquals(model.quantization(), read.quantization());
    for (int i = 0; i < model.weights().count(); i++) {
      assertArrayEquals(model.weights().values(i), read.weights().values(i));
    }
  }

  @Test
  void withoutItsMetadataTheGraphSaysTheSameLayers() throws IOException {
    Path file = folder.resolve("model.onnx");
    Model model = model(ALL, null);
    Models.write(file, model);
    Files.write(
        file,
        ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder()
            .clearMetadataProps()
            .build()
            .toByteArray());
    Network network = new OnnxFormat().read(file, ImportOptions.none()).network();
    assertEquals(
        ALL.parameters().stream().map(Parameter::shape).toList(),
        network.parameters().stream().map(Parameter::shape).toList());
    assertEquals(ALL.classes(), network.classes());
  }

  @Test
  void aGraphThatIsNotTheArchitectureIsRefused() throws IOException {
    assertContradicts(
        "layer 0.0 Conv2d(3, 4, kernel_size=(3, 2), stride=(1, 1), padding=(2, 1)) is Conv2d(3, 4,"
            + " kernel_size=(3, 2), stride=(1, 1), padding=(1, 1)) in the graph, node '0.0' (Conv,"
            + " opset 17)",
        null,
        graph -> set(graph, "0.0", OnnxAttributes.integers("pads", 1, 1, 1, 1)));
    assertContradicts(
        "layer 0.3 BatchNorm2d(4, eps=0.001, momentum=0.25) is BatchNorm2d(4, eps=0.01,"
            + " momentum=0.25) in the graph, node '0.3' (BatchNormalization, opset 17)",
        null,
        graph -> set(graph, "0.3", OnnxAttributes.real("epsilon", 0.01f)));
    assertContradicts(
        "layer 10 Linear(in_features=6, out_features=3, bias=False) uses 'a changed tensor' instead"
            + " of '10.weight' in the graph",
        null,
        graph -> set(graph, "10", OnnxAttributes.real("alpha", 2)));
    assertContradicts(
        "layer 0.3 BatchNorm2d(4, eps=0.001, momentum=0.25) uses '0.3.bias' instead of '0.3.weight'"
            + " in the graph",
        null,
        graph -> node(graph, "0.3").setInput(1, "0.3.bias"));
    assertContradicts(
        "layer 9 ReLU() is Linear(in_features=6, out_features=3, bias=False) in the graph, node '10'"
            + " (Gemm, opset 17)",
        null,
        graph -> {
          node(graph, "10").setInput(0, "8");
          graph.removeNode(index(graph, "9"));
        });
    assertContradicts(
        "there is a Softmax in the graph",
        null,
        graph -> {
          graph.addNode(
              NodeProto.newBuilder().setOpType("Softmax").addInput("logits").addOutput("y"));
          graph.getOutputBuilder(0).setName("y");
        });
    assertContradicts(
        "layer 8 Linear(in_features=4, out_features=6, bias=True) uses '0.0.input_scale' instead of"
            + " '8.input_scale' in the graph",
        quantization(ALL),
        graph -> {
          for (String name : List.of("8.input_quantized", "8.input_dequantized")) {
            node(graph, name).setInput(1, "0.0.input_scale");
          }
        });
  }

  @Test
  void dequantizedWeightsAreNothingButWeights() throws IOException {
    assertRefused(
        "node '10.weight_dequantized' (DequantizeLinear, opset 17) dequantizes what is not used as"
            + " the weights of a Conv or Gemm",
        quantization(ALL),
        graph ->
            graph.addNode(
                NodeProto.newBuilder()
                    .setOpType("Reshape")
                    .addInput("logits")
                    .addInput("10.weight_dequantized")
                    .addOutput("y")));
  }

  private static int index(GraphProto.Builder graph, String name) {
    for (int i = 0; i < graph.getNodeCount(); i++) {
      if (graph.getNode(i).getName().equals(name)) {
        return i;
      }
    }
    throw new AssertionError(name);
  }

  private static NodeProto.Builder node(GraphProto.Builder graph, String name) {
    return graph.getNodeBuilder(index(graph, name));
  }

  private static void set(GraphProto.Builder graph, String name, AttributeProto attribute) {
    NodeProto.Builder node = node(graph, name);
    for (int i = node.getAttributeCount() - 1; i >= 0; i--) {
      if (node.getAttribute(i).getName().equals(attribute.getName())) {
        node.removeAttribute(i);
      }
    }
    node.addAttribute(attribute);
  }

  private void assertContradicts(
      String how, Quantization quantization, Consumer<GraphProto.Builder> change)
      throws IOException {
    assertRefused(
        "its graph is not the architecture in its metadata: "
            + how
            + "; remove the metadata 'format' to use the graph alone",
        quantization,
        change);
  }

  private void assertRefused(
      String complaint, Quantization quantization, Consumer<GraphProto.Builder> change)
      throws IOException {
    Path file = folder.resolve("model.onnx");
    Models.write(file, model(ALL, quantization));
    ModelProto.Builder model = ModelProto.parseFrom(Files.readAllBytes(file)).toBuilder();
    change.accept(model.getGraphBuilder());
    Files.write(file, model.build().toByteArray());
    InvalidFileException refusal =
        assertThrows(InvalidFileException.class, () -> Models.read(file), complaint);
    assertEquals(file + ": " + complaint, refusal.getMessage());
  }

  private static Model model(Network network, Quantization quantization) {
    SplittableRandom random = new SplittableRandom(3);
    Weights weights = Weights.zeros(network);
    for (Parameter parameter : network.parameters()) {
      float[] values = weights.values(parameter.name());
      int perOutput = values.length / parameter.shape().dim(0);
      QuantizedLayer layer =
          quantization != null && parameter.role() == Parameter.Role.WEIGHT
              ? quantization.layer(parameter.layer())
              : null;
      for (int i = 0; i < values.length; i++) {
        values[i] =
            layer == null
                ? (float) random.nextDouble()
                : (random.nextInt(255) - 127) * layer.weightScales().get(i / perOutput);
      }
    }
    Shape input = network.input();
    List<Float> halves = Collections.nCopies(input.channels(), 0.5f);
    return new Model(
        network,
        weights,
        Collections.nCopies(network.classes(), "class"),
        Preprocessing.unit(input.channels(), input.height(), input.width())
            .then(new Normalize(halves, halves)),
        Map.of("recipe", "a recipe", "Images", "not those of ONNX"),
        quantization);
  }

  private static Quantization quantization(Network network) {
    Map<String, QuantizedLayer> layers = new LinkedHashMap<>();
    float scale = 0.5f;
    for (PlacedLayer placed : Quantization.quantizable(network)) {
      int outputs = placed.parameter(Parameter.Role.WEIGHT).shape().dim(0);
      scale /= 2;
      layers.put(
          placed.path(),
          new QuantizedLayer(
              new QuantizationParameters(scale, 128), Collections.nCopies(outputs, scale)));
    }
    return new Quantization(layers);
  }
}
