package org.nin4j.engine;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.NinBlock;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Gradients of layers on top of each other agree with finite differences. */
interface StackContract {
  Engine engine();

  /**
   * Channels with a bias of +8 stay on and those with -8 off, whatever the images: far from the
   * kink of the ReLU behind them, for |x| is at most 1 and a sum over K weights of up to sqrt(3 /
   * K) below 5.1 for K up to 9.
   */
  private static Trial onAndOff(Trial trial, String... biases) {
    for (String bias : biases) {
      float[] values = trial.weights.values(bias);
      for (int i = 0; i < values.length; i++) {
        values[i] = i % 3 == 1 ? -8 : 8;
      }
    }
    return trial;
  }

  @Test
  default void gradientsGoThroughConvolutionsWithReluToTheirInput() {
    Trial trial =
        Trial.of(
            Shape.of(1, 1, 5, 4),
            2,
            new Conv2d(1, 5, 3, 1, 1),
            new ReLU(),
            new Conv2d(5, 3, 2, 2, 0));
    FiniteDifferences.check(engine(), onAndOff(trial, "0.0.bias"));
  }

  @Test
  default void gradientsGoThroughABlockOfNetworkInNetwork() {
    Trial trial =
        Trial.of(
            Shape.of(1, 1, 5, 5), 2, NinBlock.of(1, 3, 5, 3, 3, 2, 1), new AdaptiveAvgPool2d(1));
    onAndOff(trial, "0.0.0.bias");
    // What the layers before it put out is positive and below 14; these weights keep the sums of
    // the next two below their biases.
    for (String layer : new String[] {"0.0.2", "0.0.4"}) {
      float[] weight = trial.weights.values(layer + ".weight");
      for (int i = 0; i < weight.length; i++) {
        weight[i] *= 0.1f;
      }
    }
    FiniteDifferences.check(engine(), onAndOff(trial, "0.0.2.bias", "0.0.4.bias"));
  }

  /** The first convolution has one input channel and one pixel: it keeps the order of values. */
  @Test
  default void gradientsGoThroughAMaxPoolBetweenConvolutions() {
    Trial trial =
        Trial.of(
                Shape.of(1, 1, 5, 5),
                1,
                new Conv2d(1, 3, 1),
                new MaxPool2d(Size2d.of(3), Size2d.of(2), Size2d.of(1), true),
                new Conv2d(3, 4, 2))
            .with("0.0.weight", 1.5f, -1.25f, 2);
    for (int i = 0; i < trial.images.length; i++) {
      trial.images[i] = (i * 7 % 25 - 12) / 4f; // all different, 1/4 apart
    }
    FiniteDifferences.check(engine(), trial);
  }

  @Test
  default void gradientsGoThroughBatchNormBetweenLayers() {
    Trial trial =
        Trial.of(
            Shape.of(1, 2, 4, 5),
            3,
            new Conv2d(2, 3, 2),
            new BatchNorm2d(3),
            new AvgPool2d(2, 1),
            new Dropout(0.3f),
            new Flatten(),
            new Linear(18, 5),
            new Dropout(0.5f),
            new Linear(5, 3));
    FiniteDifferences.check(engine(), trial);
  }

  /** A ReLU on both sides of BatchNorm2d: none may be merged across it. */
  @Test
  default void gradientsGoThroughReluBeforeAndBehindBatchNorm() {
    Trial trial =
        Trial.of(
            Shape.of(1, 1, 3, 4),
            2,
            new Conv2d(1, 3, 1),
            new ReLU(),
            new BatchNorm2d(3, 0.5f, 0.1f),
            new ReLU(),
            new Conv2d(3, 2, 2));
    onAndOff(trial, "0.0.bias", "0.2.bias");
    Arrays.fill(trial.weights.values("0.2.weight"), 0.75f);
    FiniteDifferences.check(engine(), trial);
  }
}
