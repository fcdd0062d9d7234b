package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Gradients of every kind of layer agree with finite differences, over odd sizes. */
interface GradientContract {
  Engine engine();

  @TestFactory
  default Stream<DynamicTest> theGradientsOfALayerAgreeWithFiniteDifferences() {
    return layers().map(trial -> test(trial, FiniteDifferences::check));
  }

  @TestFactory
  default Stream<DynamicTest> inInferenceTheGradientOfTheImagesAgreesWithFiniteDifferences() {
    return layers().map(trial -> test(trial, FiniteDifferences::checkInference));
  }

  private DynamicTest test(Trial trial, BiConsumer<Engine, Trial> check) {
    List<PlacedLayer> layers = trial.network.layers().leaves();
    Layer last = layers.get(layers.size() - 2).layer(); // before the Flatten of a trial
    return dynamicTest(last + " on " + trial.network.input(), () -> check.accept(engine(), trial));
  }

  private static Stream<Trial> layers() {
    return Stream.of(
        of(3, 5, 4, new Conv2d(3, 5, 3, 1, 1)),
        of(1, 4, 5, new Conv2d(1, 17, 2)),
        of(5, 4, 5, conv(5, 3, size(3, 2), size(1, 2), size(2, 1), false)),
        of(17, 3, 4, conv(17, 2, size(1, 3), size(2, 1), size(0, 1), true)),
        of(2, 5, 6, conv(2, 3, size(1, 1), size(3, 2), size(0, 0), true)),
        of(3, 4, 3, conv(3, 2, size(4, 3), size(1, 1), size(0, 0), true)),
        of(2, 7, 6, conv(2, 3, size(5, 3), size(4, 2), size(2, 0), true)),
        of(2, 3, 5, new ReLU()),
        of(3, 7, 5, new MaxPool2d(3, 2)),
        of(3, 6, 8, new MaxPool2d(size(3, 3), size(2, 2), size(0, 0), true)),
        of(1, 5, 7, new MaxPool2d(size(3, 2), size(2, 3), size(1, 1), true)),
        of(5, 4, 5, new MaxPool2d(size(2, 3), size(1, 2), size(1, 0), false)),
        of(3, 7, 5, new AvgPool2d(3, 2)),
        of(3, 4, 6, new AvgPool2d(size(3, 3), size(2, 2), size(1, 1), true, true)),
        of(3, 4, 6, new AvgPool2d(size(3, 3), size(2, 2), size(1, 1), true, false)),
        of(1, 5, 7, new AvgPool2d(size(3, 2), size(2, 3), size(1, 1), false, false)),
        of(5, 6, 4, new AvgPool2d(size(2, 3), size(1, 2), size(1, 0), true, true)),
        of(3, 5, 7, new AdaptiveAvgPool2d(size(3, 4))),
        of(5, 4, 3, new AdaptiveAvgPool2d(1)),
        of(1, 2, 3, new AdaptiveAvgPool2d(size(5, 4))),
        of(3, 4, 3, new BatchNorm2d(3)),
        of(5, 2, 1, new BatchNorm2d(5, 0.1f, 0.5f)),
        of(3, 3, 3, new Dropout(0.5f)),
        of(3, 2, 3, new Flatten()),
        of(3, 2, 3, new Flatten(), new Linear(18, 5)),
        of(1, 1, 17, new Flatten(), new Linear(17, 3, false)));
  }

  @Test
  default void theGradientOfAPixelUnderNoWindowIsZero() {
    Trial trial = Trial.of(Shape.of(1, 1, 1, 4), 1, conv(1, 1, 1, 3)).with("0.0.weight", 2);
    float[] gradient = trial.withLogitsGradient(5, 7).run(engine()).imagesGradient;
    assertArrayEquals(new float[] {10, 0, 0, 14}, gradient);
  }

  private static Size2d size(int height, int width) {
    return new Size2d(height, width);
  }

  private static Conv2d conv(int in, int out, int kernel, int stride) {
    return new Conv2d(in, out, kernel, stride, 0);
  }

  private static Conv2d conv(
      int in, int out, Size2d kernel, Size2d stride, Size2d padding, boolean bias) {
    return new Conv2d(in, out, kernel, stride, padding, bias);
  }

  private static Trial of(int channels, int height, int width, Layer... layers) {
    Trial trial = Trial.of(Shape.of(1, channels, height, width), 2, layers);
    return trial.withImages(distinct(trial));
  }

  /**
   * Far from every kink of ReLU and max: in each feature map the values are multiples of 1/4, all
   * different, in random order, moved by 1/8 away from 0. A step of 1/32 changes no sign and no
   * order.
   */
  private static float[] distinct(Trial trial) {
    int plane = trial.network.input().height() * trial.network.input().width();
    float[] images = new float[trial.images.length];
    SplittableRandom random = new SplittableRandom(7);
    for (int map = 0; map < images.length; map += plane) {
      for (int i = 0; i < plane; i++) {
        int other = random.nextInt(i + 1); // Fisher and Yates, inside out
        images[map + i] = images[map + other];
        images[map + other] = (i - plane / 2) / 4f + 1 / 8f;
      }
    }
    return images;
  }
}
