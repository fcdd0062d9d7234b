package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** Which layers a specification freezes, and which paths it refuses. */
class PlanSpecTest {
  private static PlanSpec spec() {
    Sequential layers =
        new Sequential(
            new Sequential(new Conv2d(1, 2, 1), new BatchNorm2d(2), new ReLU()),
            new ReLU(),
            new Conv2d(2, 2, 1),
            new Flatten());
    return PlanSpec.of(new Network("small", Shape.of(1, 1, 2, 2), layers), 1, Precision.FP32);
  }

  private static List<String> trained(PlanSpec spec) {
    return spec.network().parameters().stream().filter(spec::trains).map(Parameter::name).toList();
  }

  @Test
  void allParametersButNoBuffersAreTrainedUnlessTheyAreFrozen() {
    assertEquals(
        List.of("0.0.weight", "0.0.bias", "0.1.weight", "0.1.bias", "2.weight", "2.bias"),
        trained(spec()));
  }

  @Test
  void aFrozenBlockFreezesAllItsLayersAndAFrozenLayerItself() {
    assertEquals(List.of("2.weight", "2.bias"), trained(spec().withFrozen(Set.of("0"))));
    assertEquals(List.of("0.0.weight", "0.0.bias"), trained(spec().withFrozen(Set.of("0.1", "2"))));
    assertEquals(Set.of("2"), spec().withFrozen(Set.of("2")).withThreads(2).frozen());
  }

  @Test
  void aPathWithoutParametersIsRefusedWithTheBlocksThatHaveSome() {
    for (String path : List.of("1", "0.2", "5", "0.0.0", "", "0.", "2.weight")) {
      IllegalArgumentException refusal =
          assertThrows(IllegalArgumentException.class, () -> spec().withFrozen(Set.of("2", path)));
      assertEquals(
          "network 'small' has nothing to freeze at '"
              + path
              + "'; its blocks with parameters are [0, 2]",
          refusal.getMessage());
    }
  }
}
