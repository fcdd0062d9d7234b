package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.train.FineTuning.HEAD;
import static org.nin4j.train.FineTuning.STRIPES;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.Weights;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

class WeightTransferTest {
  private static final List<String> REST =
      List.of("0.weight", "0.bias", "1.weight", "1.bias", "1.running_mean", "1.running_var");

  @Test
  void runningStatisticsAreTakenOverToo() {
    Weights weights = Initializer.HE.initialize(STRIPES.network().withClasses(2), 1);
    WeightTransfer transfer =
        WeightTransfer.of(STRIPES, STRIPES.network().withClasses(2), List.of("a", "b"));
    assertEquals(REST, transfer.taken());
    assertEquals(HEAD, transfer.renewed());
    transfer.copyTo(weights);
    for (String name : List.of("1.running_mean", "1.running_var")) {
      assertArrayEquals(STRIPES.weights().values(name), weights.values(name), name);
    }
  }

  @Test
  void anotherArchitectureTakesOverWhatHasTheSameNameShapeAndRole() {
    Sequential layers =
        new Sequential(
            new Conv2d(1, 6, 3, 1, 1),
            new Conv2d(6, 6, 1), // its bias has the name and shape of that of a BatchNorm2d
            new ReLU(),
            new Conv2d(6, 3, 5),
            new AdaptiveAvgPool2d(1),
            new Flatten());
    WeightTransfer transfer =
        WeightTransfer.of(
            STRIPES, new Network("other", Shape.of(1, 1, 8, 8), layers), STRIPES.classes());
    assertEquals(List.of("0.weight", "0.bias"), transfer.taken());
    assertEquals(List.of("1.weight", "1.bias", "3.weight", "3.bias"), transfer.renewed());
  }

  @Test
  void aNetworkThatSharesNothingWithTheModelIsRefused() {
    Network other = Networks.NIN_MNIST.build(Shape.of(1, 1, 8, 8), 3);
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class,
            () -> WeightTransfer.of(STRIPES, other, STRIPES.classes()));
    assertTrue(
        e.getMessage().startsWith("network 'nin-mnist' can take over nothing"), e.getMessage());
  }
}
