package org.nin4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.ShapeException;
import org.nin4j.nn.Size2d;

/**
 * Small networks of random layers over odd shapes; the same seed makes the same network.
 *
 * <p>What would make two right engines differ by more than rounding is left out: a second max pool
 * would meet equal values that the first one copied, and a rounding would decide which of them
 * takes the gradient (so would an adaptive pool that copies pixels); BatchNorm2d over a handful of
 * values, or with a tiny eps, can enlarge a rounding without bound.
 */
final class RandomNetworks {
  private static final int[] CHANNELS = {1, 2, 3, 5, 8, 16, 17};
  private static final long LARGEST_LAYER = 300_000; // multiply-adds of one image
  private static final int LARGEST_IMAGE = 2_000; // values between layers

  private final SplittableRandom random;
  private final List<Layer> layers = new ArrayList<>();
  private Shape shape;

  private RandomNetworks(long seed) {
    random = new SplittableRandom(seed);
    shape = Shape.of(1, CHANNELS[random.nextInt(CHANNELS.length)], upTo(13), upTo(13));
  }

  /** A random network with random numbers: 1 to 4 images in a plan for up to 2 more. */
  static Trial trial(long seed) {
    RandomNetworks builder = new RandomNetworks(seed);
    Shape input = builder.shape;
    Network network = new Network("random " + seed, input, builder.build());
    int count = builder.upTo(4);
    return new Trial(network, count, count + builder.random.nextInt(3), seed);
  }

  private Sequential build() {
    int wanted = upTo(5);
    while (layers.size() < wanted) {
      addIfItFits(randomLayer());
    }
    add(new Flatten());
    if (shape.channels() < 2 || random.nextInt(4) == 0) {
      add(new Linear(shape.channels(), 1 + upTo(16), random.nextBoolean()));
    }
    return new Sequential(layers);
  }

  private void addIfItFits(Layer layer) {
    try {
      if (layer.multiplyAdds(shape) <= LARGEST_LAYER
          && layer.outputShape(shape).elements() <= LARGEST_IMAGE) {
        add(layer);
      }
    } catch (ShapeException tooSmall) {
      // another layer may fit
    }
  }

  private void add(Layer layer) {
    layers.add(layer);
    shape = layer.outputShape(shape);
  }

  private Layer randomLayer() {
    return switch (random.nextInt(12)) {
      case 0 -> new ReLU();
      case 1 -> new Dropout(random.nextInt(4) / 5f);
      case 2 -> maxPool();
      case 3 -> avgPool();
      case 4 -> new AdaptiveAvgPool2d(new Size2d(upTo(shape.height()), upTo(shape.width())));
      case 5 -> batchNorm();
      case 6, 7 -> conv(Size2d.of(1), Size2d.of(upTo(2)), Size2d.of(random.nextInt(2)));
      default -> conv(size(5), size(3), new Size2d(random.nextInt(3), random.nextInt(3)));
    };
  }

  private Layer conv(Size2d kernel, Size2d stride, Size2d padding) {
    int out = CHANNELS[random.nextInt(CHANNELS.length)];
    return new Conv2d(shape.channels(), out, kernel, stride, padding, random.nextInt(4) > 0);
  }

  private Layer maxPool() {
    if (layers.stream().anyMatch(layer -> layer instanceof MaxPool2d)) {
      return new ReLU();
    }
    Size2d kernel = size(4);
    return new MaxPool2d(kernel, size(3), poolPadding(kernel), random.nextBoolean());
  }

  private Layer avgPool() {
    Size2d kernel = size(4);
    return new AvgPool2d(
        kernel, size(3), poolPadding(kernel), random.nextBoolean(), random.nextBoolean());
  }

  private Layer batchNorm() {
    return shape.height() * shape.width() < 8
        ? new ReLU()
        : new BatchNorm2d(shape.channels(), 0.25f, random.nextInt(5) / 4f);
  }

  private Size2d poolPadding(Size2d kernel) {
    return new Size2d(
        random.nextInt(kernel.height() / 2 + 1), random.nextInt(kernel.width() / 2 + 1));
  }

  private Size2d size(int largest) {
    return random.nextBoolean()
        ? Size2d.of(upTo(largest))
        : new Size2d(upTo(largest), upTo(largest));
  }

  /** 1 to largest. */
  private int upTo(int largest) {
    return 1 + random.nextInt(largest);
  }
}
