package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Accepts and refuses the same layers for an input as PyTorch, with outputs of the same shape. */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GeometryConformanceTest {
  private static final int CASES = Integer.getInteger("sweep") / 4;

  private int legal;
  private int illegal;

  @AfterAll
  void report() {
    Report.section(
        15,
        "Legal and illegal layers",
        """
        %d random geometries of convolutions and pooling, valid and invalid ones, and layers on inputs
        with a wrong number of channels: NiN4J and PyTorch accept the same %d, with outputs of the
        same shape, and refuse the same %d.
        """
            .formatted(legal + illegal, legal, illegal));
  }

  /** Kernels of 0 to 11, strides of 0 to 4, padding of -1 to 11, images of 1 to 13. */
  private record Geometry(
      int channels,
      int layerChannels,
      int height,
      int width,
      Size2d kernel,
      Size2d stride,
      Size2d padding,
      boolean ceilMode,
      boolean countIncludePad) {
    static Geometry draw(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      int channels = 1 + random.nextInt(4);
      int kernelLargest = random.nextBoolean() ? 4 : 12;
      return new Geometry(
          channels,
          random.nextInt(8) == 0 ? 1 + random.nextInt(4) : channels,
          1 + random.nextInt(13),
          1 + random.nextInt(13),
          size(random, random.nextInt(8) == 0 ? 0 : 1, kernelLargest),
          size(random, random.nextInt(8) == 0 ? 0 : 1, 5),
          size(random, random.nextInt(8) == 0 ? -1 : 0, random.nextBoolean() ? 3 : 12),
          random.nextBoolean(),
          random.nextBoolean());
    }

    private static Size2d size(SplittableRandom random, int least, int bound) {
      return new Size2d(random.nextInt(least, bound), random.nextInt(least, bound));
    }

    Shape input() {
      return Shape.of(2, channels, height, width);
    }

    Tensor image() {
      return torch.zeros(Torch.dims(input()));
    }
  }

  @Test
  void convolutions() {
    agree(
        g -> new Conv2d(g.layerChannels, 3, atLeastOne(g.kernel), g.stride, g.padding, false),
        g -> {
          Size2d kernel = atLeastOne(g.kernel);
          return torch.conv2d(
              g.image(),
              torch.zeros(3, g.layerChannels, kernel.height(), kernel.width()),
              Torch.optional(null),
              longs(g.stride),
              longs(g.padding),
              new long[] {1, 1},
              1);
        });
  }

  @Test
  void maxPooling() {
    agree(
        g -> new MaxPool2d(g.kernel, g.stride, g.padding, g.ceilMode),
        g ->
            torch.max_pool2d(
                g.image(),
                longs(g.kernel),
                longs(g.stride),
                longs(g.padding),
                new long[] {1, 1},
                g.ceilMode));
  }

  @Test
  void averagePooling() {
    agree(
        g -> new AvgPool2d(g.kernel, g.stride, g.padding, g.ceilMode, g.countIncludePad),
        g ->
            torch.avg_pool2d(
                g.image(),
                longs(g.kernel),
                longs(g.stride),
                longs(g.padding),
                g.ceilMode,
                g.countIncludePad,
                new LongOptional()));
  }

  @Test
  void batchNormalisation() {
    agree(
        g -> new BatchNorm2d(g.layerChannels),
        g -> {
          Tensor ones = torch.ones(g.layerChannels);
          return new BatchNorm2d(g.layerChannels)
              .accept(new TorchLayers(g.image(), List.of(ones, ones, ones, ones), false, null));
        });
  }

  @Test
  void linearLayers() {
    for (long seed = 0; seed < CASES; seed++) {
      Geometry g = Geometry.draw(seed);
      Shape input = Shape.of(2, g.channels);
      assertSame(
          "Linear " + g,
          ours(() -> new Linear(g.layerChannels, 3).outputShape(input)),
          theirs(() -> torch.linear(torch.zeros(2, g.channels), torch.zeros(3, g.layerChannels))));
    }
  }

  private interface Maker<T> {
    T of(Geometry geometry);
  }

  private void agree(Maker<Layer> layer, Maker<Tensor> tensor) {
    for (long seed = 0; seed < CASES; seed++) {
      Geometry g = Geometry.draw(seed);
      assertSame(
          "seed " + seed + ": " + g,
          ours(() -> layer.of(g).outputShape(g.input())),
          theirs(() -> tensor.of(g)));
    }
  }

  private void assertSame(String what, Optional<Shape> ours, Optional<Shape> theirs) {
    assertEquals(theirs, ours, what);
    if (ours.isPresent()) {
      legal++;
    } else {
      illegal++;
    }
  }

  private static Optional<Shape> ours(Supplier<Shape> shape) {
    try {
      return Optional.of(shape.get());
    } catch (IllegalArgumentException refused) {
      return Optional.empty();
    }
  }

  /** PyTorch's exceptions are RuntimeExceptions. */
  private static Optional<Shape> theirs(Supplier<Tensor> tensor) {
    return Torch.scoped(
        () -> {
          try {
            return Optional.of(Rounding.shape(tensor.get()));
          } catch (RuntimeException refused) {
            return Optional.empty();
          }
        });
  }

  private static Size2d atLeastOne(Size2d size) {
    return new Size2d(Math.max(1, size.height()), Math.max(1, size.width()));
  }

  private static long[] longs(Size2d size) {
    return new long[] {size.height(), size.width()};
  }
}
