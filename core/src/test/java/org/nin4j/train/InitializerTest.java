package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.Weights;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

class InitializerTest {
  private static final Network NIN = Networks.NIN.build();

  private static double[] meanVarianceLargest(float[] values) {
    double sum = 0;
    double squares = 0;
    double largest = 0;
    for (float value : values) {
      sum += value;
      squares += (double) value * value;
      largest = Math.max(largest, Math.abs(value));
    }
    double mean = sum / values.length;
    return new double[] {mean, squares / values.length - mean * mean, largest};
  }

  private static void holds(double variance, double bound, float[] values) {
    double[] found = meanVarianceLargest(values);
    double n = values.length;
    assertEquals(0, found[0], 5 * Math.sqrt(variance / n), "mean");
    assertEquals(variance, found[1], 5 * variance * Math.sqrt(2 / n), "variance");
    assertTrue(found[2] <= bound, "largest " + found[2]);
    assertTrue(bound == Double.MAX_VALUE || found[2] > 0.95 * bound, "largest " + found[2]);
  }

  @Test
  void xavierIsUniformWithinItsBound() {
    Weights weights = Initializer.XAVIER_UNIFORM.initialize(NIN, 1);
    double bound = Math.sqrt(6.0 / (96 * 25 + 256 * 25));
    holds(bound * bound / 3, bound, weights.values("2.0.weight"));
    double biasBound = 1 / Math.sqrt(96 * 25);
    holds(biasBound * biasBound / 3, biasBound, weights.values("2.0.bias"));
  }

  @Test
  void heKeepsTheVarianceThroughReluAndStartsWithoutBias() {
    Weights weights = Initializer.HE.initialize(NIN, 1);
    holds(2.0 / (96 * 25), Double.MAX_VALUE, weights.values("2.0.weight"));
    holds(2.0 / 384, Double.MAX_VALUE, weights.values("4.2.weight"));
    assertArrayEquals(new float[256], weights.values("2.0.bias"));
  }

  @Test
  void theIdentityHeadStartsFromTheIdentityPlusNoise() {
    Weights weights = Initializer.IDENTITY_HEAD.initialize(NIN, 1);
    for (String name : new String[] {"7.2.weight", "7.4.weight"}) {
      float[] noise = weights.values(name).clone();
      for (int c = 0; c < 10; c++) {
        noise[c * 10 + c] -= 1;
      }
      holds(0.05 * 0.05, Double.MAX_VALUE, noise);
    }
    for (String name : new String[] {"7.0.bias", "7.2.bias", "7.4.bias"}) {
      for (float bias : weights.values(name)) {
        assertEquals(0.2f, bias);
      }
    }
    Weights he = Initializer.HE.initialize(NIN, 1);
    for (String name : new String[] {"0.0.weight", "4.4.weight", "4.4.bias", "7.0.weight"}) {
      assertArrayEquals(he.values(name), weights.values(name), name);
    }
  }

  @Test
  void aParameterDependsOnlyOnTheSeedAndItsName() {
    Network shorter = small(new Conv2d(1, 4, 3), new Conv2d(4, 3, 1));
    Network longer = small(new Conv2d(1, 4, 3), new Conv2d(4, 4, 1), new Conv2d(4, 3, 1));
    for (Initializer kind : Initializer.values()) {
      assertArrayEquals(
          kind.initialize(shorter, 9).values("0.weight"),
          kind.initialize(longer, 9).values("0.weight"));
      assertTrue(sameBits(kind.initialize(longer, 9), kind.initialize(longer, 9)));
      assertFalse(sameBits(kind.initialize(longer, 9), kind.initialize(longer, 10)));
    }
  }

  @Test
  void batchNormStartsAsTheIdentity() {
    Weights weights = Initializer.HE.initialize(small(new Conv2d(1, 3, 3), new BatchNorm2d(3)), 1);
    assertArrayEquals(new float[] {1, 1, 1}, weights.values("1.weight"));
    assertArrayEquals(new float[3], weights.values("1.bias"));
    assertArrayEquals(new float[3], weights.values("1.running_mean"));
    assertArrayEquals(new float[] {1, 1, 1}, weights.values("1.running_var"));
  }

  @Test
  void linearLayersAreInitializedToo() {
    Network network =
        new Network(
            "linear", Shape.of(1, 1, 20, 20), new Sequential(new Flatten(), new Linear(400, 100)));
    holds(2.0 / 400, Double.MAX_VALUE, Initializer.HE.initialize(network, 3).values("1.weight"));
    double bound = Math.sqrt(6.0 / 500);
    holds(
        bound * bound / 3,
        bound,
        Initializer.XAVIER_UNIFORM.initialize(network, 3).values("1.weight"));
  }

  @Test
  void aConvolutionWithoutBiasIsInitialized() {
    Conv2d bare = new Conv2d(3, 3, Size2d.of(1), Size2d.of(1), Size2d.of(0), false);
    for (Initializer kind : Initializer.values()) {
      Weights weights = kind.initialize(small(new Conv2d(1, 3, 3), bare), 1);
      assertEquals(3, weights.count());
    }
  }

  private static Network small(Layer... layers) {
    Layer[] all = Arrays.copyOf(layers, layers.length + 2);
    all[layers.length] = new AdaptiveAvgPool2d(1);
    all[layers.length + 1] = new Flatten();
    return new Network("small", Shape.of(1, 1, 5, 5), new Sequential(all));
  }

  @Test
  void theAuthorsWeightsHaveOneDeviationInAllLayers() {
    Weights weights = Initializer.NORMAL.initialize(NIN, 1);
    holds(0.0025, Double.MAX_VALUE, weights.values("2.0.weight"));
    holds(0.0025, Double.MAX_VALUE, weights.values("4.2.weight"));
    assertArrayEquals(new float[256], weights.values("2.0.bias"));
  }

  /**
   * 96 channels go into 256 outputs of 5x5 kernels: the first 96 copy them, the others are He's.
   */
  @Test
  void aDiracConvolutionPassesItsInputOnInItsFirstChannels() {
    Weights weights = Initializer.DIRAC.initialize(NIN, 1);
    Weights he = Initializer.HE.initialize(NIN, 1);
    float[] weight = weights.values("2.0.weight");
    int filter = 96 * 25;
    for (int i = 0; i < 96 * filter; i++) {
      int channel = i % filter / 25;
      boolean centre = i % 25 == 12 && channel == i / filter;
      assertEquals(centre ? 1 : 0, weight[i], "weight " + i);
    }
    float[] expected = he.values("2.0.weight");
    assertArrayEquals(
        Arrays.copyOfRange(expected, 96 * filter, expected.length),
        Arrays.copyOfRange(weight, 96 * filter, weight.length));
    assertArrayEquals(he.values("0.0.weight"), weights.values("0.0.weight"), "the first");
    assertArrayEquals(he.values("7.0.weight"), weights.values("7.0.weight"), "fewer outputs");
  }
}
