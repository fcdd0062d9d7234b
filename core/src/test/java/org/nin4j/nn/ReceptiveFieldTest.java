package org.nin4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Weights;

class ReceptiveFieldTest {
  /** The sum, over all networks, of the outputs whose fields were compared exactly. */
  private static final int LEAST_COMPARED = 30;

  private static Conv2d conv(int kernel, int stride, int padding) {
    return new Conv2d(1, 1, Size2d.of(kernel), Size2d.of(stride), Size2d.of(padding), true);
  }

  private static ReceptiveField field(Shape input, Layer... layers) {
    return ReceptiveField.PIXEL.through(new Sequential(layers), input);
  }

  /** Size 195, stride 32 and padding 64 are in the table of Araujo et al. */
  @Test
  void alexNetsLastPoolSees195Pixels() {
    ReceptiveField field =
        field(
            Shape.of(1, 1, 224, 224),
            conv(11, 4, 0),
            new ReLU(),
            new MaxPool2d(3, 2),
            conv(5, 1, 2),
            new MaxPool2d(3, 2),
            conv(3, 1, 1),
            conv(3, 1, 1),
            conv(3, 1, 1),
            new MaxPool2d(3, 2));
    assertEquals(new ReceptiveField(195, 195, 32, 32, -64, -64), field);
  }

  /** Size 212, stride 32 and padding 90 are in the table of Araujo et al. */
  @Test
  void vgg16sLastPoolSees212Pixels() {
    List<Layer> layers = new ArrayList<>();
    for (int convolutions : new int[] {2, 2, 3, 3, 3}) {
      for (int i = 0; i < convolutions; i++) {
        layers.add(conv(3, 1, 1));
      }
      layers.add(new MaxPool2d(2, 2));
    }
    assertEquals(
        new ReceptiveField(212, 212, 32, 32, -90, -90),
        field(Shape.of(1, 1, 224, 224), layers.toArray(Layer[]::new)));
  }

  @ParameterizedTest
  @CsvSource({"12, 1, 12, 12", "12, 4, 3, 3", "13, 4, 4, 3", "7, 3, 3, 2", "2, 5, 2, 0"})
  void anAdaptivePoolHasAWindowAsLargeAsItsLargest(int inputs, int outputs, int size, int stride) {
    ReceptiveField field =
        field(Shape.of(1, 1, inputs, 6), new AdaptiveAvgPool2d(new Size2d(outputs, 6)));
    assertEquals(new ReceptiveField(size, 1, stride, 1, 0, 0), field);
    int largest = 0;
    for (int i = 0; i < outputs; i++) {
      int begin = i * inputs / outputs;
      int end = (int) Math.ceil((i + 1.0) * inputs / outputs);
      largest = Math.max(largest, end - begin);
    }
    assertEquals(largest, size);
  }

  @Test
  void whatComesAfterAGlobalAverageOrFlattenSeesTheWholeImage() {
    for (Networks preset : new Networks[] {Networks.NIN, Networks.VGG11, Networks.NIN_CIFAR10}) {
      Summary summary = Summary.of(preset.build());
      List<Summary.Row> leaves = summary.leaves();
      assertFalse(isWhole(summary, leaves.get(0)), "a convolution at the start");
      assertTrue(isWhole(summary, leaves.get(leaves.size() - 1)), preset.toString());
      assertEquals(leaves.get(leaves.size() - 1).receptiveField(), summary.receptiveField());
    }
  }

  private static boolean isWhole(Summary summary, Summary.Row row) {
    return row.receptiveField().isWhole(summary.input(), row.output());
  }

  /** Fields of 10 pixels that begin at rows -4, 0 and 4, and at columns -1. */
  @Test
  void everyOutputMustSeeTheWholeImageNotOnlyTheOneInTheMiddle() {
    ReceptiveField field = new ReceptiveField(10, 10, 4, 4, -4, -1);
    Shape output = Shape.of(1, 1, 3, 1);
    assertFalse(field.isWhole(Shape.of(1, 1, 6, 9), output));
    assertFalse(field.isWhole(Shape.of(1, 1, 6, 9), Shape.of(1, 1, 2, 2)));
    assertTrue(field.isWhole(Shape.of(1, 1, 6, 9), Shape.of(1, 1, 2, 1)));
    assertTrue(field.isWhole(Shape.of(1, 1, 6, 9), Shape.of(1, 5)));
    assertFalse(field.isWhole(Shape.of(1, 1, 7, 9), Shape.of(1, 5)));
    assertFalse(field.isWhole(Shape.of(1, 1, 6, 10), Shape.of(1, 5)));
  }

  @Test
  void absurdStridesAreCutOffInsteadOfWrappingAround() {
    Layer leap = new MaxPool2d(Size2d.of(1), new Size2d(1, 1_000_000_000), Size2d.of(0), false);
    ReceptiveField field = field(Shape.of(1, 1, 1, 1), leap, leap, leap);
    assertEquals(new ReceptiveField(1, 1, 1, Integer.MAX_VALUE, 0, 0), field);
  }

  /**
   * All weights are positive and all pixels but one are 0, so that an output is positive exactly
   * where it depends on that pixel. Fields within the image are compared pixel by pixel of their
   * bounding box; those that reach into the padding may be smaller.
   */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void outputsOfTheReferenceEngineDependOnTheirFields(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Shape input = Shape.of(1, 2, 19 + random.nextInt(6), 19 + random.nextInt(6));
    List<Layer> layers = new ArrayList<>();
    Shape shape = input;
    int compared = 0;
    while (layers.size() < 5) {
      Layer layer = layer(random);
      try {
        shape = layer.outputShape(shape);
      } catch (ShapeException tooSmall) {
        break;
      }
      layers.add(layer);
      compared += compare(input, layers, shape);
    }
    assertTrue(compared >= LEAST_COMPARED, compared + " outputs compared");
  }

  private static Layer layer(SplittableRandom random) {
    Size2d kernel = new Size2d(1 + random.nextInt(4), 1 + random.nextInt(4));
    Size2d stride = new Size2d(1 + random.nextInt(2), 1 + random.nextInt(2));
    Size2d half =
        new Size2d(random.nextInt(kernel.height() / 2 + 1), random.nextInt(kernel.width() / 2 + 1));
    return switch (random.nextInt(5)) {
      case 0 -> new MaxPool2d(kernel, stride, half, random.nextBoolean());
      case 1 -> new AvgPool2d(kernel, stride, half, random.nextBoolean(), random.nextBoolean());
      case 2 -> new ReLU();
      default -> new Conv2d(2, 2, kernel, stride, half, true);
    };
  }

  /** Returns how many outputs have a field within the image. */
  private static int compare(Shape input, List<Layer> layers, Shape output) {
    ReceptiveField field = ReceptiveField.PIXEL.through(new Sequential(layers), input);
    boolean[][] depends = dependencies(input, layers, output);
    int within = 0;
    for (int y = 0; y < output.height(); y++) {
      for (int x = 0; x < output.width(); x++) {
        Box box = Box.of(depends[y * output.width() + x], input.width());
        int top = field.top() + y * field.strideY();
        int left = field.left() + x * field.strideX();
        Box expected = new Box(top, left, top + field.height() - 1, left + field.width() - 1);
        assertTrue(expected.contains(box), expected + " should contain " + box);
        if (expected.isWithin(input)) {
          assertEquals(expected, box, layers.toString());
          within++;
        }
      }
    }
    return within;
  }

  /** Rows and columns, all inclusive. */
  private record Box(int top, int left, int bottom, int right) {
    static Box of(boolean[] pixels, int width) {
      int[] at = new int[pixels.length];
      int count = 0;
      for (int i = 0; i < pixels.length; i++) {
        if (pixels[i]) {
          at[count++] = i;
        }
      }
      int[] found = Arrays.copyOf(at, count);
      return new Box(
          Arrays.stream(found).map(i -> i / width).min().orElseThrow(),
          Arrays.stream(found).map(i -> i % width).min().orElseThrow(),
          Arrays.stream(found).map(i -> i / width).max().orElseThrow(),
          Arrays.stream(found).map(i -> i % width).max().orElseThrow());
    }

    boolean contains(Box other) {
      return top <= other.top
          && left <= other.left
          && bottom >= other.bottom
          && right >= other.right;
    }

    boolean isWithin(Shape image) {
      return top >= 0 && left >= 0 && bottom < image.height() && right < image.width();
    }
  }

  /** Returns, for each output of the first channel, on which pixels it depends. */
  private static boolean[][] dependencies(Shape input, List<Layer> layers, Shape output) {
    List<Layer> flattened = new ArrayList<>(layers);
    flattened.add(new Flatten());
    Network network = new Network("prefix", input, new Sequential(flattened));
    int area = input.height() * input.width();
    int outputs = output.height() * output.width();
    int features = network.classes();
    float[] images = new float[area * 2 * area]; // an image for each pixel
    for (int pixel = 0; pixel < area; pixel++) {
      images[pixel * 2 * area + pixel] = 1;
      images[pixel * 2 * area + area + pixel] = 1;
    }
    float[] logits = new float[area * features];
    Engine engine = Engines.reference();
    try (PreparedWeights weights = engine.prepare(network)) {
      weights.load(positive(network));
      try (InferencePlan plan =
          engine.compileInference(PlanSpec.of(network, area, Precision.FP32), weights)) {
        plan.run(images, area, logits);
      }
    }
    boolean[][] depends = new boolean[outputs][area];
    for (int pixel = 0; pixel < area; pixel++) {
      for (int o = 0; o < outputs; o++) {
        depends[o][pixel] = logits[pixel * features + o] > 0;
      }
    }
    return depends;
  }

  private static Weights positive(Network network) {
    Weights weights = Weights.zeros(network);
    for (Parameter parameter : weights.parameters()) {
      if (parameter.role() == Parameter.Role.WEIGHT) {
        Arrays.fill(weights.values(parameter.name()), 0.5f);
      }
    }
    return weights;
  }
}
