package org.nin4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LayerTest {
  private static final Shape IMAGE = Shape.of(2, 3, 8, 6);

  @Test
  void layersPrintThemselvesAsPyTorchDoes() {
    Layer conv = new Conv2d(1, 2, Size2d.of(3), Size2d.of(1), new Size2d(0, 1), false);
    assertEquals(
        "Conv2d(1, 2, kernel_size=(3, 3), stride=(1, 1), padding=(0, 1), bias=False)",
        conv.toString());
    assertEquals("Linear(in_features=4, out_features=2, bias=True)", new Linear(4, 2).toString());
    assertEquals(
        "Sequential(\n  (0): Sequential(\n    (0): ReLU()\n  )\n  (1): Flatten()\n)",
        new Sequential(new Sequential(new ReLU()), new Flatten()).toString());
  }

  @Test
  void layersWithoutWindowsKeepOrFlattenTheShape() {
    assertEquals(IMAGE, new ReLU().outputShape(IMAGE));
    assertEquals(IMAGE, new Dropout(0.5f).outputShape(IMAGE));
    assertEquals(IMAGE, new BatchNorm2d(3).outputShape(IMAGE));
    assertEquals(Shape.of(2, 144), new Flatten().outputShape(IMAGE));
    assertEquals(Shape.of(2, 3, 5, 7), new AdaptiveAvgPool2d(new Size2d(5, 7)).outputShape(IMAGE));
  }

  @Test
  void batchNormTrainsTwoArraysAndKeepsTwoBuffers() {
    List<Parameter> parameters = new BatchNorm2d(3).parameters();
    assertEquals(
        List.of("weight", "bias", "running_mean", "running_var"),
        parameters.stream().map(Parameter::name).toList());
    assertEquals(2, parameters.stream().filter(Parameter::trainable).count());
  }

  static Stream<Executable> shapesThatDoNotFit() {
    return Stream.of(
        () -> new Conv2d(4, 2, 3).outputShape(IMAGE),
        () -> new Conv2d(3, 2, 3).outputShape(Shape.of(2, 3)),
        () -> new Conv2d(3, 2, 7).outputShape(IMAGE),
        () -> new MaxPool2d(9, 1).outputShape(IMAGE),
        () -> new BatchNorm2d(4).outputShape(IMAGE),
        () -> new Linear(144, 2).outputShape(IMAGE),
        () -> new Linear(145, 2).outputShape(Shape.of(2, 144)),
        () -> new Flatten().outputShape(Shape.of(1, 3, 40_000, 40_000)),
        () -> new Network("n", IMAGE, new Sequential(new Flatten())),
        () -> new Network("n", IMAGE.withBatch(1), new Sequential(new ReLU())));
  }

  @ParameterizedTest
  @MethodSource("shapesThatDoNotFit")
  void aShapeThatDoesNotFitIsRefused(Executable use) {
    assertThrows(ShapeException.class, use);
  }

  static Stream<Executable> illegalArguments() {
    Size2d one = Size2d.of(1);
    return Stream.of(
        () -> new Conv2d(0, 1, 1),
        () -> new Conv2d(1, 1, 0),
        () -> new Conv2d(1, 1, 1, 0, 0),
        () -> new Conv2d(1, 1, 1, 1, -1),
        () -> new Conv2d(50_000, 50_000, 1),
        () -> new Linear(50_000, 50_000),
        () -> new MaxPool2d(Size2d.of(3), one, Size2d.of(2), false),
        () -> new AvgPool2d(Size2d.of(3), one, Size2d.of(2), false, true),
        () -> new AdaptiveAvgPool2d(0),
        () -> new BatchNorm2d(1, 0f, 0.1f),
        () -> new BatchNorm2d(1, Float.POSITIVE_INFINITY, 0.1f),
        () -> new BatchNorm2d(1, 1e-5f, Float.NaN),
        () -> new Dropout(1f),
        () -> new Dropout(Float.NaN),
        () -> new Sequential(),
        () -> Size2d.of(50_000),
        () -> Shape.of(2, 0),
        () -> Shape.of(2_000_000_000, 2_000_000_000, 2_000_000_000),
        () -> Shape.parse("1x1x"),
        () -> Shape.parse("99999999999x1"));
  }

  @ParameterizedTest
  @MethodSource("illegalArguments")
  void anIllegalArgumentIsRefused(Executable construction) {
    assertThrows(IllegalArgumentException.class, construction);
  }

  @Test
  void aShapeIsReadAsItIsWritten() {
    assertEquals(Shape.of(1, 3, 96, 64), Shape.parse(" 1x3x96x64 "));
    assertEquals("1x3x96x64", Shape.parse("1,3,96,64").toString());
    assertEquals("torch.Size([1, 3])", Shape.of(1, 3).toTorchString());
  }
}
