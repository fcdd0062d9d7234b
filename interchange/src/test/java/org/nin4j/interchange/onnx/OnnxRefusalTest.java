package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.nin4j.interchange.onnx.OnnxAttributes.integer;
import static org.nin4j.interchange.onnx.OnnxAttributes.integers;
import static org.nin4j.interchange.onnx.OnnxAttributes.real;
import static org.nin4j.interchange.onnx.TestGraph.text;

import ai.onnx.proto.OnnxMl.FunctionProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.ImportOptions;

/** What is not supported is refused by a sentence that names it. */
class OnnxRefusalTest {
  @TempDir Path folder;

  @Test
  void convolutionsWithGroupsOrDilationsAreNamed() throws IOException {
    assertRefused(
        "node 'n0' (Conv, opset 13) has group 2, and only 1 is supported",
        image(13).conv(2, 2, 1, 1, integer("group", 2)).end());
    assertRefused(
        "node 'n0' (Conv, opset 13) has dilations, which are not supported",
        image(13).conv(2, 2, 3, 3, integers("dilations", 2, 2)).end());
  }

  @Test
  void weightsMustFitTheImage() throws IOException {
    assertRefused(
        "node 'n0' (Conv, opset 13) has weights 2x3x1x1, but an input of 2 channels",
        image(13).conv(2, 3, 1, 1).end());
    assertRefused(
        "node 'n0' (Conv, opset 13) has a kernel of 9 pixels, which does not fit into 8",
        image(13).conv(2, 2, 9, 9).end());
    assertRefused(
        "node 'n0' (Conv, opset 13) has kernel_shape [3, 3], but weights 2x2x1x1",
        image(13).conv(2, 2, 1, 1, integers("kernel_shape", 3, 3)).end());
    assertRefused(
        "node 'n1' (Gemm, opset 13) has weights for 3x4 (outputs x inputs), but an input of 128"
            + " features",
        image(13).then("Flatten").floats("w", 4, 3).then("Gemm", List.of("w")));
    assertRefused(
        "node 'n0' (Gemm, opset 13) needs an input of (N, features), but gets N x 2x8x8",
        image(13).floats("w", 4, 3).then("Gemm", List.of("w")));
    assertRefused(
        "node 'n1' (MaxPool, opset 13) needs an input of (N, C, H, W), but gets N x 128",
        image(13).then("Flatten").then("MaxPool", integers("kernel_shape", 1, 1)));
  }

  @Test
  void branchesAreRefusedWithBothNodes() throws IOException {
    TestGraph two = image(13).then("Relu").then("Relu").node("Relu", List.of("n0"), "side").end();
    assertRefused(
        "node 'side' (Relu, opset 13) reads 'n0', which node 'n1' (Relu, opset 13) reads, too;"
            + " branches are not supported",
        two);
    assertRefused(
        "node 'sum' (Add, opset 13) has two inputs that depend on the image, 'x' and 'n0'; branches"
            + " are not supported",
        image(13).then("Relu").node("Add", List.of("x", "n0"), "sum"));
  }

  @Test
  void otherOperatorsDomainsAndFunctionsAreNamed() throws IOException {
    assertRefused(
        "node 'n0' (Sigmoid, opset 13) is an operator that is not supported",
        image(13).then("Sigmoid").end());
    assertRefused(
        "node 'n0' (Clip, opset 10) clips to 0.0 to 6.0, and only 0 to infinity, a ReLU, is"
            + " supported",
        image(10).then("Clip", real("min", 0), real("max", 6)).end());
    assertRefused(
        "node 'n0' (QuantizeLinear, opset 13) is an operator that is not supported",
        image(13).scalar("s", 1).then("QuantizeLinear", List.of("s")).end());
    ModelProto.Builder model = image(13).then("Gelu").model().toBuilder();
    NodeProto.Builder node = model.getGraphBuilder().getNodeBuilder(0).setDomain("com.example");
    assertRefused(
        "node 'n0' (com.example.Gelu, opset 13) is not one of ONNX's own operators, and no other is"
            + " supported",
        model.build());
    model.addFunctions(FunctionProto.newBuilder().setDomain("com.example").setName("Gelu"));
    assertRefused(
        "node 'n0' (com.example.Gelu, opset 13) calls a function of the file, and only ONNX's own"
            + " operators are supported",
        model.build());
    node.setDomain("").setOpType("If");
    assertRefused("node 'n0' (If, opset 13) is an operator that is not supported", model.build());
  }

  @Test
  void thereIsOneInputWhoseSizeIsKnown() throws IOException {
    assertRefused(
        "input 'x' has a height 'open' that is left open; export the model for images of a fixed"
            + " size",
        new TestGraph(13, -1, 3, -1, 8).end());
    assertRefused(
        "input 'x' has a width of -5, and 1 to 65536 are supported",
        changed(new TestGraph(13, -1, 3, 8, 8).end(), -5));
    assertRefused(
        "input 'x' has a width of 2147483648, and 1 to 65536 are supported",
        changed(new TestGraph(13, -1, 3, 8, 8).end(), 1L << 31));
    assertRefused(
        "input 'x' has 2 extents, and images have 4: (N, C, H, W)",
        new TestGraph(13, -1, 3).then("Relu"));
    TestGraph two = image(13).end();
    two.graph.addInput(TestGraph.value("mask", 1, 1));
    assertRefused("takes 2 inputs ('x', 'mask'), and only one, the images, is supported", two);
    TestGraph integers = image(13).end();
    integers.graph.setInput(0, TestGraph.value("x", 2, 1, 2, 8, 8));
    assertRefused(
        "input 'x' is not a tensor of floating point numbers, and no other is supported", integers);
  }

  private static ModelProto changed(TestGraph graph, long width) {
    ModelProto.Builder model = graph.model().toBuilder();
    model
        .getGraphBuilder()
        .getInputBuilder(0)
        .getTypeBuilder()
        .getTensorTypeBuilder()
        .getShapeBuilder()
        .getDimBuilder(3)
        .setDimValue(width);
    return model.build();
  }

  @Test
  void thereIsOneOutputThatTheLastNodeComputes() throws IOException {
    TestGraph graph = image(13).end();
    ModelProto.Builder two = graph.model().toBuilder();
    two.getGraphBuilder().addOutput(ValueInfoProto.newBuilder().setName("n0"));
    assertRefused(
        "has 2 outputs ('n1', 'n0'), and only one, the logits, is supported", two.build());
    ModelProto.Builder early = graph.model().toBuilder();
    early.getGraphBuilder().getOutputBuilder(0).setName("n0");
    assertRefused(
        "has an output 'n0' that is not what its last node computes; branches are not supported",
        early.build());
    early.getGraphBuilder().getOutputBuilder(0).setName("nothing");
    assertRefused("has an output 'nothing' that no node computes", early.build());
    assertRefused(
        "its graph makes no classifier: it ends in N x 2x8x8 instead of (N, classes)",
        image(13).then("Relu"));
  }

  @Test
  void operatorSetsBefore7AndAfter22AreRefused() throws IOException {
    for (long opset : new long[] {6, 23, -1, Long.MAX_VALUE}) {
      assertRefused(
          "is of operator set " + opset + ", and 7 to 22 are supported; export it with one of them",
          image(opset).end());
    }
    assertRefused(
        "does not name its version of ONNX's operator set; export it again",
        image(13).end().model().toBuilder().clearOpsetImport().build());
  }

  @Test
  void cyclesMissingValuesAndNamesThatOccurTwiceAreRefused() throws IOException {
    TestGraph cycle =
        image(13).node("Identity", List.of("b"), "a").node("Identity", List.of("a"), "b").end();
    assertRefused(
        "node 'a' (Identity, opset 13) reads 'b', which no node before it computes and the file does"
            + " not hold; the nodes form a cycle, or the file is damaged",
        cycle);
    assertRefused(
        "node 'n0' (Relu, opset 13) computes 'x', which is there already",
        rename(image(13).then("Relu").end()));
    assertRefused(
        "tensor 'w' is there twice, or has the name of the image; export it again",
        image(13).floats("w", 1).floats("w", 1).end());
    ModelProto.Builder nothing = image(13).then("Relu").end().model().toBuilder();
    nothing.getGraphBuilder().getNodeBuilder(0).clearInput();
    assertRefused(
        "node 'n0' (Relu, opset 13) is an operator that is not supported on constants",
        nothing.build());
  }

  private static ModelProto rename(TestGraph graph) {
    ModelProto.Builder model = graph.model().toBuilder();
    model.getGraphBuilder().getNodeBuilder(0).setOutput(0, "x");
    return model.build();
  }

  @Test
  void softmaxIsOnlyForTheEnd() throws IOException {
    assertRefused(
        "node 'n3' (Relu, opset 13) follows a Softmax, which is only supported as the last",
        image(13).end().then("Softmax").then("Relu"));
    assertRefused(
        "node 'n0' (Softmax, opset 13) is over axis -1 of N x 2x8x8, and only one over the classes"
            + " of (N, classes) is supported",
        image(13).then("Softmax").end());
  }

  @Test
  void padsAreOnlyForConvolutionsAndPools() throws IOException {
    assertRefused(
        "node 'n1' (GlobalAveragePool, opset 7) follows a Pad, which is only supported before a"
            + " convolution or pool",
        image(7).then("Pad", integers("pads", 0, 0, 1, 1, 0, 0, 1, 1)).end());
    assertRefused(
        "node 'n0' (Pad, opset 7) has another mode than constant, which is not supported",
        image(7).then("Pad", integers("pads", 0, 0, 1, 1, 0, 0, 1, 1), text("mode", "reflect")));
    assertRefused(
        "node 'n0' (Pad, opset 7) pads with other numbers than 0, which is not supported",
        image(7).then("Pad", integers("pads", 0, 0, 1, 1, 0, 0, 1, 1), real("value", 1)));
    assertRefused(
        "node 'n1' (MaxPool, opset 7) follows zeros of a Pad, which a maximum of numbers below 0"
            + " cannot leave out",
        image(7)
            .then("Pad", integers("pads", 0, 0, 1, 1, 0, 0, 1, 1))
            .then("MaxPool", integers("kernel_shape", 3, 3))
            .end());
  }

  @Test
  void hostileNumbersAreRefusedWithoutMemoryOrTime() throws IOException {
    long huge = 1L << 62;
    assertRefused(
        "node 'n0' (Conv, opset 13) has a kernel, stride, padding or image whose extent is negative,"
            + " 0 or more than 65536 pixels",
        image(13).conv(2, 2, 1, 1, integers("pads", huge, 0, huge, 0)).end());
    assertRefused(
        "node 'n0' (Conv, opset 13) brings the network to 16016004 weights, which is many more than"
            + " the file holds, because nodes share weights or have large paddings",
        image(13).conv(2, 2, 1, 1, integers("pads", 0, 0, 2000, 2000)).end());
    TestGraph shared = image(13).floats("w", 2, 2, 1, 1);
    for (int i = 0; i < 5000; i++) {
      shared.then("Conv", List.of("w"));
    }
    assertRefused(
        "node 'n4096' (Conv, opset 13) is one layer more than the 4096 that are supported",
        shared.end());
    assertRefused(
        "node 'n0' (Reshape, opset 13) makes ["
            + huge
            + ", "
            + huge
            + "] of N x 2x8x8, and only"
            + " changes that leave the images apart are supported",
        image(13).list("to", huge, huge).then("Reshape", List.of("to")));
  }

  @Test
  void extentsWhoseProductOverflowsAreRefusedEvenBesideAnExtentOfZero() throws IOException {
    long huge = 1L << 40;
    assertRefused(
        "tensor 'min' is 1099511627776x1099511627776x0, which is more than an array can hold; export"
            + " it again",
        image(13)
            .tensor(
                TensorProto.newBuilder()
                    .setName("min")
                    .setDataType(1)
                    .addAllDims(List.of(huge, huge, 0L)))
            .then("Clip", List.of("min"))
            .end());
  }

  @Test
  void tensorsThatClaimTheSameBytesAreRefused() throws IOException {
    int bytes = 1 << 20;
    Files.write(folder.resolve("w.bin"), new byte[bytes]);
    TestGraph graph = image(13).then("Relu").end();
    for (int i = 0; i < 6; i++) {
      graph.tensor(
          TensorProto.newBuilder()
              .setName("w" + i)
              .setDataType(TensorProto.DataType.INT8_VALUE)
              .addDims(bytes)
              .setDataLocation(TensorProto.DataLocation.EXTERNAL)
              .addExternalData(entry("location", "w.bin")));
    }
    ModelProto own = graph.model().toBuilder().addMetadataProps(entry("format", "nin4j")).build();
    assertRefused(
        "claims 6291456 values for its tensors, but its files have "
            + (own.getSerializedSize() + bytes)
            + " bytes",
        own);
  }

  private static StringStringEntryProto.Builder entry(String key, String value) {
    return StringStringEntryProto.newBuilder().setKey(key).setValue(value);
  }

  @Test
  void hostilePoolsAreRefusedWithoutTime() throws IOException {
    TestGraph pools = new TestGraph(13, 1, 1, 1, 65536);
    for (int i = 0; i < 4096; i++) {
      pools.then("MaxPool", integers("kernel_shape", 1, 3), integers("pads", 0, 1, 0, 1));
    }
    assertRefused(
        "node 'n15' (MaxPool, opset 13) brings the pools to 1048592 rows and columns, and no network"
            + " has as many",
        pools.end());
  }

  @Test
  void aNumberWithoutExtentsIsNoClassifier() throws IOException {
    assertRefused(
        "its graph makes no classifier: it ends in N x scalar instead of (N, classes)",
        new TestGraph(13, 1, 1, 1, 1).then("Relu").list("to", -1).then("Reshape", List.of("to")));
  }

  private static TestGraph image(long opset) {
    return new TestGraph(opset, -1, 2, 8, 8);
  }

  private void assertRefused(String sentence, TestGraph graph) throws IOException {
    assertRefused(sentence, graph.model());
  }

  private void assertRefused(String sentence, ModelProto model) throws IOException {
    Path file = folder.resolve("test.onnx");
    Files.write(file, model.toByteArray());
    InvalidFileException refusal =
        assertThrows(
            InvalidFileException.class,
            () -> new OnnxFormat().read(file, ImportOptions.none()),
            sentence);
    assertEquals(file + ": " + sentence, refusal.getMessage());
  }
}
