package org.nin4j.conformance.process;

import java.util.SplittableRandom;
import org.nin4j.engine.Precision;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * Small networks with every kind of layer, whose shapes differ from one to the next so that hardly
 * a primitive is ever needed twice.
 */
final class ChangingNetworks {
  private ChangingNetworks() {}

  /** The network of that number: always the same. */
  static Network of(int number) {
    SplittableRandom random = new SplittableRandom(number);
    int in = random.nextInt(1, 5);
    int channels = random.nextInt(1, 40);
    int classes = random.nextInt(2, 20);
    Shape input = Shape.of(1, in, random.nextInt(6, 25), random.nextInt(6, 25));
    int kernel = random.nextInt(1, 6);
    int stride = random.nextInt(1, 3);
    return new Network(
        "number " + number,
        input,
        new Sequential(
            new Conv2d(in, channels, kernel, stride, kernel / 2),
            new BatchNorm2d(channels),
            new ReLU(),
            random.nextBoolean() ? new MaxPool2d(3, 2) : new AvgPool2d(2, 1),
            new Dropout(0.4f),
            new Conv2d(channels, classes, 1),
            new ReLU(),
            new AdaptiveAvgPool2d(1),
            new Flatten(),
            new Linear(classes, classes, true)));
  }

  /** Alternates between the precisions, where there are two. */
  static Precision precision(int number, boolean bf16) {
    return bf16 && number % 4 >= 2 ? Precision.BF16 : Precision.FP32;
  }
}
