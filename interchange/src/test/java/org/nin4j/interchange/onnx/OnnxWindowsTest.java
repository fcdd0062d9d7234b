package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nin4j.interchange.onnx.OnnxAttributes.integer;
import static org.nin4j.interchange.onnx.OnnxAttributes.integers;
import static org.nin4j.interchange.onnx.TestGraph.text;

import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.io.ImportedModel;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Size2d;

/** The windows and the padding of graphs, as the layers here can express them. */
class OnnxWindowsTest {
  @TempDir Path folder;

  @Test
  void aPoolKeepsItsWindowsAndItsWayOfCounting() throws IOException {
    GraphImport.assertLayers(
        folder,
        List.of(new MaxPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(1), false)),
        new TestGraph(11, 1, 2, 8, 8)
            .then(
                "MaxPool",
                GraphImport.kernel(3),
                integers("strides", 2, 2),
                integers("pads", 1, 1, 1, 1)));
    GraphImport.assertLayers(
        folder,
        List.of(new MaxPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(0), true)),
        new TestGraph(11, 1, 2, 8, 8)
            .then(
                "MaxPool",
                GraphImport.kernel(3),
                integers("strides", 2, 2),
                integer("ceil_mode", 1)));
    Size2d one = Size2d.of(1);
    for (boolean counts : new boolean[] {true, false}) {
      GraphImport.assertLayers(
          folder,
          List.of(new AvgPool2d(Size2d.of(3), one, one, false, counts)),
          new TestGraph(11, 1, 2, 8, 8)
              .then(
                  "AveragePool",
                  GraphImport.kernel(3),
                  integers("pads", 1, 1, 1, 1),
                  integer("count_include_pad", counts ? 1 : 0)));
    }
  }

  /** ceil((8 - 3) / 2) + 1 = 4 windows, of which the last ends one column behind the image. */
  @Test
  void paddingAtTheEndAloneIsCeilModeWhereThatHasTheSameWindows() throws IOException {
    Layer pool = new MaxPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(0), true);
    GraphImport.assertLayers(
        folder,
        List.of(pool),
        new TestGraph(11, 1, 2, 8, 8)
            .then(
                "MaxPool",
                GraphImport.kernel(3),
                integers("strides", 2, 2),
                integers("pads", 0, 0, 1, 1)));
    GraphImport.assertLayers(
        folder,
        List.of(pool),
        new TestGraph(11, 1, 2, 8, 8)
            .then(
                "MaxPool",
                GraphImport.kernel(3),
                integers("strides", 2, 2),
                text("auto_pad", "SAME_UPPER")));
  }

  @Test
  void zerosOfAPadBecomeThePaddingOfAPoolWhereThatIsTheSame() throws IOException {
    TestGraph mean =
        new TestGraph(13, 1, 2, 8, 8)
            .list("pads", 0, 0, 1, 1, 0, 0, 1, 1)
            .then("Pad", List.of("pads"))
            .then("AveragePool", GraphImport.kernel(3));
    Size2d one = Size2d.of(1);
    GraphImport.assertLayers(
        folder, List.of(new AvgPool2d(Size2d.of(3), one, one, false, true)), mean);
    TestGraph maximum =
        new TestGraph(7, 1, 2, 8, 8)
            .then("Relu")
            .then("Pad", integers("pads", 0, 0, 1, 1, 0, 0, 1, 1))
            .then("MaxPool", GraphImport.kernel(3));
    GraphImport.assertLayers(
        folder, List.of(new ReLU(), new MaxPool2d(Size2d.of(3), one, one, false)), maximum);
  }

  @Test
  void zerosOfAPadMayBeComputedByATransposition() throws IOException {
    TensorProto.Builder beginAndEnd =
        TensorProto.newBuilder().setName("pads").setDataType(7).addDims(4).addDims(2);
    List.of(0L, 0L, 0L, 0L, 1L, 1L, 0L, 0L).forEach(beginAndEnd::addInt64Data);
    TestGraph rows =
        new TestGraph(13, 1, 2, 8, 8)
            .tensor(beginAndEnd)
            .list("all", -1)
            .node("Transpose", List.of("pads"), "transposed")
            .node("Reshape", List.of("transposed", "all"), "list")
            .then("Pad", List.of("list"))
            .conv(2, 2, 3, 3);
    GraphImport.assertLayers(
        folder,
        List.of(new Conv2d(2, 2, Size2d.of(3), Size2d.of(1), new Size2d(1, 0), false)),
        rows);
  }

  @Test
  void paddingThatDiffersEnlargesAConvolutionsKernelByZeros() throws IOException {
    TestGraph end =
        new TestGraph(11, 1, 1, 5, 5).conv(2, 1, 1, 2, integers("pads", 0, 0, 0, 1)).end();
    ImportedModel model = GraphImport.read(folder, end);
    assertEquals(
        new Conv2d(1, 2, new Size2d(1, 3), Size2d.of(1), new Size2d(0, 1), false),
        model.network().layers().layers().get(0));
    assertArrayEquals(new float[] {0, 1, 2, 0, 3, 4}, model.weights().values("0.weight"));
    TestGraph begin =
        new TestGraph(11, 1, 1, 5, 5).conv(2, 1, 2, 1, integers("pads", 1, 0, 0, 0)).end();
    assertArrayEquals(
        new float[] {1, 2, 0, 3, 4, 0},
        GraphImport.read(folder, begin).weights().values("0.weight"));
  }

  /** floor((6 + 1 - 2) / 2) + 1 = floor((6 - 2) / 2) + 1: the zero at the end is never used. */
  @Test
  void paddingThatNoWindowReachesIsLeftOut() throws IOException {
    GraphImport.assertLayers(
        folder,
        List.of(new Conv2d(1, 2, Size2d.of(2), Size2d.of(2), Size2d.of(0), false)),
        new TestGraph(11, 1, 1, 6, 6)
            .conv(2, 1, 2, 2, integers("strides", 2, 2), integers("pads", 0, 0, 1, 1)));
  }

  @Test
  void samePaddingIsResolvedForTheSizeOfTheImage() throws IOException {
    for (String same : List.of("SAME_UPPER", "SAME_LOWER")) {
      GraphImport.assertLayers(
          folder,
          List.of(new Conv2d(1, 2, Size2d.of(3), Size2d.of(1), Size2d.of(1), false)),
          new TestGraph(9, 1, 1, 6, 6).conv(2, 1, 3, 3, text("auto_pad", same)));
    }
    GraphImport.assertLayers(
        folder,
        List.of(new Conv2d(1, 2, Size2d.of(3), Size2d.of(1), Size2d.of(0), false)),
        new TestGraph(9, 1, 1, 6, 6).conv(2, 1, 3, 3, text("auto_pad", "VALID")));
  }
}
