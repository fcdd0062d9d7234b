package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nin4j.engine.Precision;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Stacks of 2 to 12 layers of any kinds; the same seed makes the same stack. */
final class StackCases {
  private static final long LARGEST_LAYER = 1_000_000; // multiply-adds of all images
  private static final long LARGEST_MAP = 30_000; // values of all images

  private final SplittableRandom random;
  private final int count;
  private final List<Layer> layers = new ArrayList<>();
  private Shape shape;

  private StackCases(SplittableRandom random) {
    this.random = random;
    count = upTo(4);
    shape = Shape.of(count, upTo(20), 1 + upTo(23), 1 + upTo(23));
  }

  /** The stack of that seed. */
  static LayerCase draw(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    while (true) {
      Precision precision = random.nextBoolean() ? Precision.FP32 : Precision.BF16;
      StackCases stack = new StackCases(random);
      Shape input = stack.shape.withBatch(1);
      stack.build(2 + random.nextInt(11));
      if (stack.shape.elements() >= 2L * stack.count) {
        return new LayerCase(seed, input, stack.count, stack.layers, precision, false);
      }
    }
  }

  /** For tables. */
  static String sizeClass(int layers) {
    return layers <= 4 ? "2 to 4 layers" : layers <= 8 ? "5 to 8 layers" : "9 to 12 layers";
  }

  private void build(int wanted) {
    while (layers.size() < wanted) {
      Layer layer = shape.rank() == 4 ? ofImages() : ofFeatures();
      try {
        Shape output = layer.outputShape(shape);
        if (layer.multiplyAdds(shape) <= LARGEST_LAYER && output.elements() <= LARGEST_MAP) {
          layers.add(layer);
          shape = output;
        }
      } catch (IllegalArgumentException tooSmall) {
        // another one may fit
      }
    }
  }

  private Layer ofImages() {
    switch (random.nextInt(16)) {
      case 0, 1, 2, 3 -> {
        return conv(size(5), size(2));
      }
      case 4, 5 -> {
        return conv(Size2d.of(1), Size2d.of(1));
      }
      case 6, 7, 8, 9 -> {
        return new ReLU();
      }
      case 10 -> {
        return new Dropout(random.nextInt(6) / 10f);
      }
      case 11 -> {
        return shape.elements() / shape.channels() >= 8
            ? new BatchNorm2d(shape.channels(), 1e-3f, random.nextInt(5) / 4f)
            : new ReLU();
      }
      case 12 -> {
        Size2d kernel = size(3);
        return new MaxPool2d(kernel, size(2), half(kernel), random.nextBoolean());
      }
      case 13 -> {
        Size2d kernel = size(3);
        return new AvgPool2d(
            kernel, size(2), half(kernel), random.nextBoolean(), random.nextBoolean());
      }
      case 14 -> {
        return new AdaptiveAvgPool2d(size(6));
      }
      default -> {
        return layers.size() > 2 ? new Flatten() : new ReLU();
      }
    }
  }

  private Layer ofFeatures() {
    return switch (random.nextInt(3)) {
      case 0 -> new ReLU();
      case 1 -> new Dropout(random.nextInt(6) / 10f);
      default -> new Linear(shape.channels(), 1 + upTo(40), random.nextBoolean());
    };
  }

  private Layer conv(Size2d kernel, Size2d stride) {
    Size2d padding =
        new Size2d(random.nextInt(kernel.height() + 1), random.nextInt(kernel.width() + 1));
    return new Conv2d(shape.channels(), upTo(40), kernel, stride, padding, random.nextInt(4) > 0);
  }

  private Size2d half(Size2d kernel) {
    return new Size2d(
        random.nextInt(kernel.height() / 2 + 1), random.nextInt(kernel.width() / 2 + 1));
  }

  private Size2d size(int largest) {
    return RandomExtents.size(random, largest);
  }

  private int upTo(int largest) {
    return RandomExtents.upTo(random, largest);
  }
}
