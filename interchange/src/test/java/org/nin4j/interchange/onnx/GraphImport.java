package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nin4j.interchange.onnx.OnnxAttributes.integers;

import ai.onnx.proto.OnnxMl.AttributeProto;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;

/** Imports graphs as files. */
final class GraphImport {
  static final List<Layer> END = List.of(new AdaptiveAvgPool2d(1), new Flatten());

  private GraphImport() {}

  static AttributeProto kernel(long side) {
    return integers("kernel_shape", side, side);
  }

  static void assertLayers(Path folder, List<Layer> layers, TestGraph graph) throws IOException {
    List<Layer> all = new ArrayList<>(layers);
    all.addAll(END);
    assertEquals(all, read(folder, graph.end()).network().layers().layers());
  }

  static Path write(Path folder, TestGraph graph) throws IOException {
    return Files.write(folder.resolve("test.onnx"), graph.model().toByteArray());
  }

  static ImportedModel read(Path folder, TestGraph graph) throws IOException {
    return new OnnxFormat().read(write(folder, graph), ImportOptions.none());
  }
}
