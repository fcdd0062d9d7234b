package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

class WeightsTest {
  private static final Network NETWORK =
      network(new Conv2d(2, 2, 1), new BatchNorm2d(2), new Conv2d(2, 2, 1), new Flatten());
  private static final Weights WEIGHTS = Weights.zeros(NETWORK);

  private static Network network(Layer... layers) {
    return new Network("made", Shape.of(1, 2, 2, 2), new Sequential(layers));
  }

  @Test
  void thePartsOfANetworkShareTheArraysOfTheWhole() {
    Weights first = WEIGHTS.first(NETWORK.upTo("1"));
    Weights last = WEIGHTS.last(NETWORK.after("1"));
    assertEquals(6, first.count());
    assertEquals(2, last.count());
    for (int i = 0; i < WEIGHTS.count(); i++) {
      assertSame(WEIGHTS.values(i), i < 6 ? first.values(i) : last.values(i - 6));
    }
    assertSame(WEIGHTS.values("2.weight"), last.values("0.weight"));
    assertEquals(0, WEIGHTS.last(NETWORK.after("3")).count());
  }

  @Test
  void anotherNetworkIsNoPart() {
    Network larger = network(new Conv2d(2, 3, 1), new Flatten());
    Network norm = network(new BatchNorm2d(2), new Flatten());
    Network longer =
        network(
            new Conv2d(2, 2, 1),
            new BatchNorm2d(2),
            new Conv2d(2, 2, 1),
            new Conv2d(2, 2, 1),
            new Flatten());
    for (Network other : new Network[] {larger, norm, longer}) {
      assertThrows(IllegalArgumentException.class, () -> WEIGHTS.first(other));
      assertThrows(IllegalArgumentException.class, () -> WEIGHTS.last(other));
    }
  }
}
