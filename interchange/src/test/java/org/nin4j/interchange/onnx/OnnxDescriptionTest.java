package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.interchange.onnx.OnnxAttributes.integers;
import static org.nin4j.interchange.onnx.OnnxAttributes.real;
import static org.nin4j.interchange.onnx.TestGraph.text;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.io.Dtype;
import org.nin4j.io.FileDescription;
import org.nin4j.io.Models;
import org.nin4j.io.TensorInfo;

class OnnxDescriptionTest {
  @TempDir Path folder;

  @Test
  void aFileIsDescribedAlsoWhereItCannotBeImported() throws IOException {
    TestGraph graph =
        new TestGraph(13, -1, 3, -1, 8)
            .conv(2, 3, 1, 1, integers("strides", 2, 2), text("auto_pad", "VALID"))
            .then("Selu", real("alpha", 2.5f));
    graph
        .tensor(TensorProto.newBuilder().setName("names").setDataType(8).addDims(4))
        .tensor(external("a"))
        .tensor(external("b"));
    ModelProto model =
        graph.model().toBuilder()
            .addOpsetImport(OperatorSetIdProto.newBuilder().setDomain("ai.onnx.ml").setVersion(2))
            .addMetadataProps(StringStringEntryProto.newBuilder().setKey("author").setValue("me"))
            .build();
    Path file = folder.resolve("test.onnx");
    Files.write(file, model.toByteArray());
    FileDescription description = Models.describe(file);
    assertEquals("ONNX", description.format());
    assertEquals(
        Map.of(
            "IR version", "8",
            "operator sets", "ONNX 13, ai.onnx.ml 2",
            "producer", "test",
            "graph", "test",
            "inputs", "x FLOAT openx3xopenx8",
            "outputs", "n1 (not a tensor)",
            "nodes", "2",
            "size", model.getSerializedSize() + " bytes",
            "external data", "2 tensors in weights.bin",
            "tensors of other types", "names STRING 4"),
        description.properties());
    assertEquals(Map.of("author", "me"), description.metadata());
    assertEquals(
        List.of(
            new TensorInfo("w0", Dtype.F32, List.of(2L, 3L, 1L, 1L)),
            new TensorInfo("a", Dtype.F16, List.of(7L)),
            new TensorInfo("b", Dtype.F16, List.of(7L))),
        description.tensors());
    assertEquals(
        List.of(
            "Conv n0: x, w0 -> n0; strides=[2, 2], auto_pad=VALID", "Selu n1: n0 -> n1; alpha=2.5"),
        description.graph());
  }

  private static TensorProto.Builder external(String name) {
    return TensorProto.newBuilder()
        .setName(name)
        .setDataType(10)
        .addDims(7)
        .setDataLocation(DataLocation.EXTERNAL)
        .addExternalData(
            StringStringEntryProto.newBuilder().setKey("location").setValue("weights.bin"));
  }

  @Test
  void textsOfAFileAreCutAndPrintable() throws IOException {
    Path file = folder.resolve("test.onnx");
    ModelProto.Builder model = new TestGraph(13, 1, 1, 1, 1).then("Relu").model().toBuilder();
    model.getGraphBuilder().getNodeBuilder(0).setName("\u001b[31m" + "long".repeat(1000));
    Files.write(file, model.build().toByteArray());
    String line = Models.describe(file).graph().get(0);
    assertTrue(line.startsWith("Relu \\u001b[31mlong") && line.length() < 100, line);
  }

  @Test
  void modelsAreRecognizedByHowTheyBegin() {
    byte[] model = new TestGraph(13, 1, 1, 1, 1).then("Relu").model().toByteArray();
    assertTrue(new OnnxFormat().recognizes(model));
    assertTrue(!new OnnxFormat().recognizes(new byte[] {8}));
    assertTrue(!new OnnxFormat().recognizes(new byte[] {80, 75, 3, 4}));
  }
}
