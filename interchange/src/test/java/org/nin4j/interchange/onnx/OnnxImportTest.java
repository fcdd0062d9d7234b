package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.nin4j.interchange.onnx.OnnxAttributes.integer;
import static org.nin4j.interchange.onnx.OnnxAttributes.integers;
import static org.nin4j.interchange.onnx.OnnxAttributes.list;
import static org.nin4j.interchange.onnx.OnnxAttributes.real;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.data.Normalize;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.io.Models;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Size2d;

/** Which layers graphs become; that they compute the same is tested against ONNX Runtime. */
class OnnxImportTest {

  @TempDir Path folder;

  @Test
  void aSizeThatTheGraphLeavesOpenIsThatOfTheOptions() throws IOException {
    Path file = GraphImport.write(folder, new TestGraph(17, -1, 3, -1, -1).then("Relu").end());
    ImportOptions options =
        ImportOptions.none()
            .classes(List.of("a", "b", "c"))
            .normalization(new Normalize(List.of(0f, 0f, 0f), List.of(1f, 1f, 1f)));
    Size2d size = new Size2d(6, 9);
    assertEquals(
        "1x3x6x9", Models.read(file, options.inputSize(size)).network().input().toString());
    assertThrows(InvalidFileException.class, () -> Models.read(file, options));
    Path fixed = GraphImport.write(folder, new TestGraph(17, -1, 3, 8, 8).then("Relu").end());
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> Models.read(fixed, options.inputSize(size)));
    assertEquals(
        fixed
            + ": the file itself says that its input is 8x8; leave out --input"
            + " (in Java: ImportOptions.inputSize)",
        e.getMessage());
  }

  @Test
  void aChainBecomesItsLayersAndTheFileSaysWhereItComesFrom() throws IOException {
    TestGraph graph =
        new TestGraph(17, -1, 1, 8, 8)
            .floats("w", 2, 1, 3, 3)
            .floats("b", 2)
            .then(
                "Conv",
                List.of("w", "b"),
                integers("pads", 1, 0, 1, 0),
                integers("strides", 2, 1),
                integers("kernel_shape", 3, 3))
            .then("Relu")
            .end()
            .then("Softmax");
    ImportedModel model = GraphImport.read(folder, graph);
    Conv2d conv = new Conv2d(1, 2, Size2d.of(3), new Size2d(2, 1), new Size2d(1, 0), true);
    assertEquals(
        List.of(conv, new ReLU(), new AdaptiveAvgPool2d(1), new Flatten()),
        model.network().layers().layers());
    assertEquals("1x1x8x8", model.network().input().toString());
    assertEquals("test", model.network().name());
    assertEquals(
        Map.of(
            "imported_from", "ONNX, opset 17",
            "producer", "test",
            "left_out", "Softmax behind the logits"),
        model.provenance());
    assertArrayEquals(new float[] {1, 2}, model.weights().values("0.bias"));
    assertEquals(18, model.weights().values("0.weight")[17]);
  }

  @Test
  void reluMayBeAClipFromZeroToInfinity() throws IOException {
    GraphImport.assertLayers(
        folder, List.of(new ReLU()), new TestGraph(6 + 1, 1, 2, 3, 3).then("Clip", real("min", 0)));
    GraphImport.assertLayers(
        folder,
        List.of(new ReLU()),
        new TestGraph(11, 1, 2, 3, 3).scalar("zero", 0).then("Clip", List.of("zero", "")));
    GraphImport.assertLayers(
        folder,
        List.of(new ReLU()),
        new TestGraph(13, 1, 2, 3, 3)
            .scalar("zero", 0)
            .scalar("infinity", Float.POSITIVE_INFINITY)
            .then("Clip", List.of("zero", "infinity")));
  }

  @Test
  void dropoutsRatioIsAnAttributeAndLaterAnInput() throws IOException {
    GraphImport.assertLayers(
        folder,
        List.of(new Dropout(0.25f)),
        new TestGraph(7, 1, 2, 3, 3).then("Dropout", real("ratio", 0.25f)));
    GraphImport.assertLayers(
        folder,
        List.of(new Dropout(0.125f)),
        new TestGraph(12, 1, 2, 3, 3).scalar("ratio", 0.125f).then("Dropout", List.of("ratio")));
    GraphImport.assertLayers(
        folder, List.of(new Dropout(0.5f)), new TestGraph(13, 1, 2, 3, 3).then("Dropout"));
  }

  @Test
  void operatorsThatDoNothingInInferenceLeaveNoLayer() throws IOException {
    GraphImport.assertLayers(
        folder,
        List.of(),
        new TestGraph(13, 1, 2, 3, 3)
            .then("Identity")
            .then("Cast", integer("to", 1))
            .then("Cast", integer("to", 10)));
  }

  @Test
  void batchNormalizationHasPyTorchsMomentum() throws IOException {
    TestGraph graph = new TestGraph(9, 1, 2, 3, 3);
    for (String name : List.of("scale", "shift", "mean", "variance")) {
      graph.floats(name, 2);
    }
    graph.then(
        "BatchNormalization",
        List.of("scale", "shift", "mean", "variance"),
        real("epsilon", 1e-3f),
        real("momentum", 0.9f));
    GraphImport.assertLayers(folder, List.of(new BatchNorm2d(2, 1e-3f, 0.1f)), graph);
  }

  @Test
  void thereAreManyWaysToALinearLayer() throws IOException {
    float[] straight = {1, 2, 3, 4, 5, 6};
    float[] transposed = {1, 4, 2, 5, 3, 6};
    TestGraph gemm =
        flat(13)
            .floats("w", 3, 2)
            .floats("b", 3)
            .then("Gemm", List.of("w", "b"), integer("transB", 1));
    assertLinear(straight, new float[] {1, 2, 3}, gemm);
    TestGraph scaled =
        flat(13)
            .floats("w", 2, 3)
            .floats("b", 1, 3)
            .then("Gemm", List.of("w", "b"), real("alpha", 2), real("beta", 0.5f));
    assertLinear(new float[] {2, 8, 4, 10, 6, 12}, new float[] {0.5f, 1, 1.5f}, scaled);
    TestGraph matMul =
        flat(7)
            .floats("w", 2, 3)
            .scalar("b", 7)
            .then("MatMul", List.of("w"))
            .then("Add", List.of("b"));
    assertLinear(transposed, new float[] {7, 7, 7}, matMul);
    TestGraph transposes =
        flat(13)
            .floats("w", 3, 2)
            .node("Transpose", List.of("w"), "wt", integers("perm", 1, 0))
            .then("MatMul", List.of("wt"));
    assertLinear(straight, null, transposes);
  }

  private static TestGraph flat(long opset) {
    return new TestGraph(opset, -1, 2, 1, 1).then("Flatten");
  }

  private void assertLinear(float[] weight, float[] bias, TestGraph graph) throws IOException {
    ImportedModel model = GraphImport.read(folder, graph);
    assertEquals(
        List.of(new Flatten(), new Linear(2, 3, bias != null)), model.network().layers().layers());
    assertArrayEquals(weight, model.weights().values("1.weight"));
    if (bias != null) {
      assertArrayEquals(bias, model.weights().values("1.bias"));
    }
  }

  @Test
  void meansOverAllPixelsMayBeReduced() throws IOException {
    List<Layer> mean = List.of(new AdaptiveAvgPool2d(1), new Flatten());
    TestGraph attribute =
        new TestGraph(13, 1, 2, 3, 3)
            .then("ReduceMean", integers("axes", 2, 3), integer("keepdims", 0));
    assertEquals(mean, GraphImport.read(folder, attribute).network().layers().layers());
    TestGraph input =
        new TestGraph(18, 1, 2, 3, 3).list("axes", -1, -2).then("ReduceMean", List.of("axes"));
    assertEquals(mean, GraphImport.read(folder, input).network().layers().layers());
  }

  @Test
  void whatMakesAnImageFlatIsAFlatten() throws IOException {
    List<TestGraph> graphs =
        List.of(
            new TestGraph(13, -1, 2, 1, 1).then("Flatten", integer("axis", -3)),
            new TestGraph(7, 5, 2, 1, 1).list("to", 5, -1).then("Reshape", List.of("to")),
            new TestGraph(7, -1, 2, 1, 1).list("to", -1, 2).then("Reshape", List.of("to")),
            new TestGraph(13, -1, 2, 1, 1).list("to", 0, 2).then("Reshape", List.of("to")),
            new TestGraph(9, -1, 2, 1, 1)
                .then("Squeeze", integers("axes", 3))
                .then("Squeeze", integers("axes", -1)),
            new TestGraph(13, -1, 2, 1, 1).list("axes", 2, 3).then("Squeeze", List.of("axes")),
            new TestGraph(13, -1, 2, 1, 1)
                .node("Constant", List.of(), "first", integer("value_int", 0))
                .node("Shape", List.of("x"), "shape")
                .node("Gather", List.of("shape", "first"), "batch")
                .list("axis", 0)
                .node("Unsqueeze", List.of("batch", "axis"), "batches")
                .node("Constant", List.of(), "rest", integers("value_ints", -1))
                .node("Concat", List.of("batches", "rest"), "to", integer("axis", 0))
                .then("Reshape", List.of("to")));
    for (TestGraph graph : graphs) {
      assertEquals(
          List.of(new ReLU(), new Flatten()),
          GraphImport.read(folder, graph.then("Relu")).network().layers().layers());
    }
  }

  @Test
  void logitsThatAreAnImageOfOnePixelAreFlattened() throws IOException {
    assertEquals(
        GraphImport.END,
        GraphImport.read(folder, new TestGraph(13, 1, 2, 3, 3).then("GlobalAveragePool"))
            .network()
            .layers()
            .layers());
  }

  @Test
  void initializersMayBeInputsToo() throws IOException {
    TestGraph graph = new TestGraph(8, 1, 1, 3, 3).conv(2, 1, 1, 1).end();
    graph.graph.addInput(0, TestGraph.value("w0", 1, 2, 1, 1, 1));
    assertEquals(1, GraphImport.read(folder, graph).network().input().channels());
  }

  @Test
  void weightsMayComeFromConstantsThroughIdentitiesAndCasts() throws IOException {
    TestGraph graph =
        new TestGraph(13, 1, 1, 3, 3)
            .node(
                "Constant",
                List.of(),
                "c",
                AttributeProto.newBuilder()
                    .setName("value")
                    .setType(AttributeType.TENSOR)
                    .setT(
                        TensorProto.newBuilder()
                            .setDataType(11)
                            .addAllDims(List.of(2L, 1L, 1L, 1L))
                            .addDoubleData(0.5)
                            .addDoubleData(-2))
                    .build())
            .node("Cast", List.of("c"), "d", integer("to", 1))
            .node("Identity", List.of("d"), "e")
            .node("Constant", List.of(), "f", list(1))
            .then("Conv", List.of("e"))
            .end();
    assertArrayEquals(
        new float[] {0.5f, -2}, GraphImport.read(folder, graph).weights().values("0.weight"));
  }

  /** The file was exported by PyTorch, see pytorch.py. */
  @Test
  void aFileOfPyTorchGivesItsProbabilities() throws IOException {
    Path file = folder.resolve("pytorch.onnx");
    try (InputStream in = OnnxImportTest.class.getResourceAsStream("pytorch.onnx")) {
      Files.copy(in, file);
    }
    ImportedModel model = new OnnxFormat().read(file, ImportOptions.none());
    assertEquals(
        List.of(
            // with the zeros of the Pad, and the normalization, which PyTorch folds into weights
            new Conv2d(1, 3, 4, 2, 1),
            new ReLU(),
            new MaxPool2d(Size2d.of(2), Size2d.of(2), Size2d.of(0), true),
            new Conv2d(3, 4, 1),
            new ReLU(),
            new AdaptiveAvgPool2d(1),
            new Flatten()),
        model.network().layers().layers());
    float[] images = new float[72];
    for (int i = 0; i < images.length; i++) {
      images[i] = i / 72f * (i / 72f);
    }
    float[] logits = new float[8];
    try (PreparedWeights weights = Engines.reference().prepare(model.network());
        InferencePlan plan =
            Engines.reference()
                .compileInference(PlanSpec.of(model.network(), 2, Precision.FP32), weights)) {
      weights.load(model.weights());
      plan.run(images, 2, logits);
    }
    assertEquals(0.31503248f, softmax(logits, 0, 0), 1e-6);
    assertEquals(0.20572560f, softmax(logits, 0, 1), 1e-6);
    assertEquals(0.31601906f, softmax(logits, 1, 0), 1e-6);
    assertEquals(0.27399820f, softmax(logits, 1, 3), 1e-6);
  }

  private static double softmax(float[] logits, int image, int index) {
    double sum = 0;
    for (int i = 0; i < 4; i++) {
      sum += Math.exp(logits[4 * image + i]);
    }
    return Math.exp(logits[4 * image + index]) / sum;
  }
}
