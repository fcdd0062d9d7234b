package org.nin4j.conformance;

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

/** Single layers of every kind and any geometry; the same seed makes the same case. */
final class LayerCases {
  private static final long LARGEST = 4_000_000; // multiply-adds, or values, of all images
  private static final int[] USUAL_CHANNELS = {1, 3, 8, 16, 32, 48, 64};

  private final SplittableRandom random;
  private final long seed;

  private LayerCases(long seed) {
    this.seed = seed;
    random = new SplittableRandom(seed);
  }

  /** The case of that seed. */
  static LayerCase draw(long seed) {
    LayerCases cases = new LayerCases(seed);
    while (true) {
      LayerCase drawn = cases.attempt();
      if (isLegal(drawn)) {
        return drawn;
      }
    }
  }

  private static boolean isLegal(LayerCase drawn) {
    try {
      Layer layer = drawn.layers().get(drawn.layers().size() - 1);
      Shape input = drawn.input().withBatch(drawn.count());
      for (Layer each : drawn.layers().subList(0, drawn.layers().size() - 1)) {
        input = each.outputShape(input);
      }
      Shape output = layer.outputShape(input);
      boolean classes = output.elements() / output.batch() >= 2;
      boolean small =
          layer.multiplyAdds(input) <= LARGEST
              && input.elements() <= LARGEST / 20
              && output.elements() <= LARGEST / 20;
      boolean varies = !(layer instanceof BatchNorm2d) || input.elements() > input.channels();
      return classes && small && varies;
    } catch (IllegalArgumentException illegal) {
      return false;
    }
  }

  private LayerCase attempt() {
    Precision precision = random.nextBoolean() ? Precision.FP32 : Precision.BF16;
    int kind = random.nextInt(100);
    if (kind < 6) {
      int features = channels();
      return new LayerCase(
          seed,
          Shape.of(1, features, 1, 1),
          upTo(9),
          List.of(new Flatten(), new Linear(features, channels(), random.nextInt(4) > 0)),
          precision,
          false);
    }
    Size2d kernel = size(11);
    Size2d stride = size(4);
    Size2d padding = new Size2d(padding(kernel.height()), padding(kernel.width()));
    Size2d poolPadding =
        new Size2d(
            Math.min(padding.height(), kernel.height() / 2),
            Math.min(padding.width(), kernel.width() / 2));
    int channels = channels();
    Layer layer;
    if (kind < 60) {
      layer = new Conv2d(channels, channels(), kernel, stride, padding, random.nextInt(4) > 0);
    } else if (kind < 72) {
      layer = new MaxPool2d(kernel, stride, poolPadding, random.nextBoolean());
    } else if (kind < 84) {
      layer =
          new AvgPool2d(kernel, stride, poolPadding, random.nextBoolean(), random.nextBoolean());
    } else if (kind < 90) {
      layer = new AdaptiveAvgPool2d(random.nextInt(3) == 0 ? Size2d.of(1) : size(12));
    } else if (kind < 95) {
      layer =
          new BatchNorm2d(channels, random.nextBoolean() ? 1e-5f : 1e-3f, random.nextInt(5) / 4f);
    } else if (kind < 98) {
      layer = new Dropout(random.nextInt(10) / 10f);
    } else {
      layer = new ReLU();
    }
    Shape input =
        Shape.of(
            1,
            channels,
            extent(kernel.height(), padding.height()),
            extent(kernel.width(), padding.width()));
    boolean behindIdentity = precision == Precision.BF16 && !(layer instanceof Conv2d);
    return new LayerCase(seed, input, upTo(9), List.of(layer), precision, behindIdentity);
  }

  /** 1 to 70, the usual ones more often. */
  private int channels() {
    return random.nextInt(3) == 0
        ? USUAL_CHANNELS[random.nextInt(USUAL_CHANNELS.length)]
        : upTo(70);
  }

  /** None, half the kernel (which keeps the size), or any up to the kernel. */
  private int padding(int kernel) {
    return switch (random.nextInt(3)) {
      case 0 -> 0;
      case 1 -> kernel / 2;
      default -> random.nextInt(kernel + 1);
    };
  }

  /** Of the image: the smallest legal one, or up to 64, small ones more often. */
  private int extent(int kernel, int padding) {
    return random.nextInt(5) == 0
        ? Math.max(1, kernel - 2 * padding)
        : (int) Math.round(Math.exp(random.nextDouble() * Math.log(64)));
  }

  private Size2d size(int largest) {
    return RandomExtents.size(random, largest);
  }

  private int upTo(int largest) {
    return RandomExtents.upTo(random, largest);
  }
}
