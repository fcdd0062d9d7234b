package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.Shape;

class OptimizerTest {
  private static final int SIZE = 37;
  private static final List<Parameter> PARAMETERS =
      List.of(
          new Parameter("0.weight", Shape.of(SIZE), Role.WEIGHT),
          new Parameter("0.running_mean", Shape.of(2), Role.RUNNING_MEAN));

  private static Weights weights(float... values) {
    Weights weights =
        Weights.zeros(List.of(new Parameter("w", Shape.of(values.length), Role.WEIGHT)));
    System.arraycopy(values, 0, weights.values(0), 0, values.length);
    return weights;
  }

  private static void step(
      Optimizer optimizer,
      Weights weights,
      Weights gradients,
      double learningRate,
      float gradientScale) {
    optimizer.begin(learningRate, gradientScale);
    for (int i = 0; i < weights.count(); i++) {
      optimizer.update(weights, gradients, i);
    }
  }

  private static float[] twoSteps(OptimizerConfig config) {
    Weights weights = weights(1, -2);
    Optimizer optimizer = config.create(weights.parameters(), List.of());
    step(optimizer, weights, weights(0.5f, 1), 0.1, 1);
    step(optimizer, weights, weights(-1, 0.25f), 0.1, 1);
    return weights.values(0);
  }

  @Test
  void onlyTheWeightDecayChanges() {
    assertEquals(
        new OptimizerConfig.Sgd(0.9f, true, 0.5f),
        new OptimizerConfig.Sgd(0.9f, true, 0.1f).withWeightDecay(0.5f));
    assertEquals(
        new OptimizerConfig.AdamW(0.8f, 0.7f, 1e-6f, 0),
        new OptimizerConfig.AdamW(0.8f, 0.7f, 1e-6f, 0.1f).withWeightDecay(0));
    assertThrows(
        IllegalArgumentException.class,
        () -> new OptimizerConfig.AdamW(0.1f).withWeightDecay(Float.NaN));
  }

  @Test
  void plainSgdMovesAgainstTheGradient() {
    // 1 - 0.1 * 0.5 + 0.1 * 1; -2 - 0.1 * 1 - 0.1 * 0.25
    assertArrayEquals(
        new float[] {1.05f, -2.125f}, twoSteps(new OptimizerConfig.Sgd(0, false, 0)), 1e-6f);
  }

  @Test
  void theMomentumBufferStartsWithTheFirstGradient() {
    // buffers 0.5, then 0.9 * 0.5 - 1 = -0.55; 1 - 0.05 + 0.055
    // buffers 1, then 0.9 + 0.25 = 1.15; -2 - 0.1 - 0.115
    assertArrayEquals(
        new float[] {1.005f, -2.215f}, twoSteps(new OptimizerConfig.Sgd(0.9f, false, 0)), 1e-6f);
  }

  @Test
  void theFirstStepOfAdamWIsTheLearningRateInTheSignOfTheGradientAfterDecay() {
    Weights weights = weights(1, -2, 3);
    Optimizer optimizer = new OptimizerConfig.AdamW(0.1f).create(weights.parameters(), List.of());
    step(optimizer, weights, weights(0.5f, -7, 0), 0.01, 1);
    assertArrayEquals(
        new float[] {0.999f - 0.01f, -1.998f + 0.01f, 2.997f}, weights.values(0), 1e-6f);
  }

  @ParameterizedTest
  @CsvSource({
    "0, false, 0",
    "0, false, 0.01",
    "0.9, false, 0",
    "0.9, false, 0.01",
    "0.9, true, 0.01"
  })
  void sgdFollowsPyTorchsFormulaOverFiftySteps(double momentum, boolean nesterov, double decay) {
    double[] buffer = new double[SIZE];
    int[] step = {0};
    assertFollows(
        new OptimizerConfig.Sgd((float) momentum, nesterov, (float) decay),
        (w, g, rate) -> {
          step[0]++;
          for (int i = 0; i < SIZE; i++) {
            double d = g[i] + decay * w[i];
            if (momentum != 0) {
              buffer[i] = step[0] == 1 ? d : momentum * buffer[i] + d;
              d = nesterov ? d + momentum * buffer[i] : buffer[i];
            }
            w[i] -= rate * d;
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"0.9, 0.999, 1e-8, 0.01", "0.8, 0.99, 1e-3, 0", "0, 0.9, 1e-8, 0.5"})
  void adamWFollowsPyTorchsFormulaOverFiftySteps(
      double beta1, double beta2, double eps, double decay) {
    double[] mean = new double[SIZE];
    double[] square = new double[SIZE];
    int[] step = {0};
    assertFollows(
        new OptimizerConfig.AdamW((float) beta1, (float) beta2, (float) eps, (float) decay),
        (w, g, rate) -> {
          step[0]++;
          for (int i = 0; i < SIZE; i++) {
            w[i] -= rate * decay * w[i];
            mean[i] = beta1 * mean[i] + (1 - beta1) * g[i];
            square[i] = beta2 * square[i] + (1 - beta2) * g[i] * g[i];
            double meanHat = mean[i] / (1 - Math.pow(beta1, step[0]));
            double squareHat = square[i] / (1 - Math.pow(beta2, step[0]));
            w[i] -= rate * meanHat / (Math.sqrt(squareHat) + eps);
          }
        });
  }

  private interface Formula {
    void step(double[] weights, double[] gradients, double rate);
  }

  private static void assertFollows(OptimizerConfig config, Formula formula) {
    Random random = new Random(11);
    Supplier<Float> draw = () -> (float) random.nextGaussian();
    Weights weights = Weights.zeros(PARAMETERS);
    Weights gradients = Weights.zeros(PARAMETERS);
    double[] expected = new double[SIZE];
    double[] scaled = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      expected[i] = weights.values(0)[i] = draw.get();
    }
    Optimizer optimizer = config.create(PARAMETERS, List.of());
    float scale = 0.5f;
    for (int step = 0; step < 50; step++) {
      double rate = 0.01 * (1 + step % 5);
      for (int i = 0; i < SIZE; i++) {
        gradients.values(0)[i] = draw.get();
        scaled[i] = (double) gradients.values(0)[i] * scale;
      }
      gradients.values(1)[0] = 1;
      step(optimizer, weights, gradients, rate, scale);
      formula.step(expected, scaled, rate);
    }
    assertEquals(50, optimizer.steps());
    for (int i = 0; i < SIZE; i++) {
      // 50 steps, each with a few roundings of a float of size 1 to 4: at most 50 * 4 * 2^-24 * 4.
      assertEquals(expected[i], weights.values(0)[i], 5e-5, "weight " + i);
    }
    assertArrayEquals(new float[2], weights.values(1), "running statistics are not trained");
  }

  @Test
  void aRestoredOptimizerContinuesWithTheSameBits() {
    for (OptimizerConfig config :
        List.of(new OptimizerConfig.AdamW(0.01f), new OptimizerConfig.Sgd(0.9f, true, 0.01f))) {
      Weights straight = weights(1, -2, 3);
      Optimizer first = config.create(straight.parameters(), List.of());
      step(first, straight, weights(0.5f, -1, 2), 0.1, 1);
      Weights resumed = straight.copy();
      Optimizer second = config.create(straight.parameters(), List.of());
      second.resumeAt(first.steps());
      first
          .moments()
          .forEach(
              (name, moments) ->
                  System.arraycopy(
                      moments.values(0), 0, second.moments().get(name).values(0), 0, 3));
      step(first, straight, weights(0.25f, 1, 0), 0.1, 1);
      step(second, resumed, weights(0.25f, 1, 0), 0.1, 1);
      assertTrue(sameBits(straight, resumed), config.toString());
      assertEquals(2, second.steps());
    }
  }

  @Test
  void valuesOutOfRangeAreRejected() {
    assertThrows(IllegalArgumentException.class, () -> new OptimizerConfig.Sgd(1, false, 0));
    assertThrows(IllegalArgumentException.class, () -> new OptimizerConfig.Sgd(0, true, 0));
    assertThrows(IllegalArgumentException.class, () -> new OptimizerConfig.Sgd(0, false, -1));
    assertThrows(
        IllegalArgumentException.class, () -> new OptimizerConfig.AdamW(0.9f, 0.999f, 0, 0));
    assertThrows(
        IllegalArgumentException.class, () -> new OptimizerConfig.AdamW(0.9f, Float.NaN, 1e-8f, 0));
  }

  @Test
  void theNormIsThatOfAllTrainableParametersTogether() {
    Weights gradients = Weights.zeros(PARAMETERS);
    gradients.values(0)[0] = 3;
    gradients.values(0)[5] = -4;
    gradients.values(0)[SIZE - 1] = 12;
    gradients.values(1)[0] = 100;
    GradientNorm norm = new GradientNorm(PARAMETERS, new boolean[] {true, false});
    norm.measure(gradients, 0);
    assertEquals(13, norm.norm(), 1e-12);
  }

  @Test
  void clippingScalesLongGradientsToTheLimitAndKeepsShortOnes() {
    assertEquals(2 / (13 + 1e-6), GradientNorm.clippingScale(13, 2), 1e-7);
    assertEquals(1, GradientNorm.clippingScale(1.5, 2));
    assertEquals(1, GradientNorm.clippingScale(0, 2));
  }

  private static final List<Parameter> LAYERS =
      List.of(
          new Parameter("0.weight", Shape.of(1), Role.WEIGHT),
          new Parameter("0.bias", Shape.of(1), Role.BIAS),
          new Parameter("1.weight", Shape.of(1), Role.NORM_SCALE),
          new Parameter("1.running_var", Shape.of(1), Role.RUNNING_VARIANCE),
          new Parameter("3.0.weight", Shape.of(1), Role.WEIGHT),
          new Parameter("3.0.bias", Shape.of(1), Role.BIAS));

  /** Returns how far each parameter moves from 1 in one step at rate 1 with a gradient of 1. */
  private static float[] moves(float decay, ParameterGroup... groups) {
    Weights weights = Weights.zeros(LAYERS);
    Weights gradients = Weights.zeros(LAYERS);
    for (int i = 0; i < LAYERS.size(); i++) {
      weights.values(i)[0] = 1;
      gradients.values(i)[0] = 1;
    }
    Optimizer optimizer = new OptimizerConfig.Sgd(0, false, decay).create(LAYERS, List.of(groups));
    step(optimizer, weights, gradients, 1, 1);
    float[] moves = new float[LAYERS.size()];
    for (int i = 0; i < moves.length; i++) {
      moves[i] = 1 - weights.values(i)[0];
    }
    return moves;
  }

  @Test
  void aRoleALayerABlockAndTheLastLayerEachSelectTheirParameters() {
    assertArrayEquals(
        new float[] {1, 2, 1, 0, 1, 2}, moves(0, new ParameterGroup("bias", 2, 1)), 0);
    assertArrayEquals(
        new float[] {3, 3, 1, 0, 1, 1}, moves(0, new ParameterGroup("first_layer", 3, 1)), 0);
    assertArrayEquals(
        new float[] {1, 1, 1, 0, 0.5f, 0.5f},
        moves(0, new ParameterGroup("last_layer", 0.5, 1)),
        0);
    assertArrayEquals(new float[] {1, 1, 0, 0, 1, 1}, moves(0, new ParameterGroup("1", 0, 1)), 0);
    assertArrayEquals(new float[] {1, 1, 1, 0, 0, 0}, moves(0, new ParameterGroup("3", 0, 1)), 0);
  }

  @Test
  void theFactorsOfAllGroupsOfAParameterAreMultiplied() {
    assertArrayEquals(
        new float[] {1, 2, 1, 0, 0.5f, 1},
        moves(0, new ParameterGroup("bias", 2, 1), new ParameterGroup("last_layer", 0.5, 1)),
        0);
  }

  @Test
  void onlyWeightsDecayIfTheirGroupsSaySo() {
    assertArrayEquals(
        new float[] {1.25f, 1, 1, 0, 1.25f, 1},
        moves(0.25f, ParameterGroup.DECAY_OF_WEIGHTS_ONLY.toArray(ParameterGroup[]::new)),
        0);
  }

  @Test
  void aGroupOfALayerThatIsNotThereIsRejected() {
    IllegalArgumentException refused =
        assertThrows(IllegalArgumentException.class, () -> moves(0, new ParameterGroup("2", 1, 1)));
    assertTrue(refused.getMessage().contains("'2'"), refused.getMessage());
  }

  /** d is 0 in the first step, 1/10 in the second, 2/11 in the third; at most the decay. */
  @Test
  void theMovingAverageFollowsItsRuleAndIncludesRunningStatistics() {
    Weights weights = Weights.zeros(PARAMETERS);
    Weights gradients = Weights.zeros(PARAMETERS);
    Optimizer optimizer =
        new MovingAverage(
            new OptimizerConfig.Sgd(0, false, 0).create(PARAMETERS, List.of()),
            0.15,
            Weights.zeros(PARAMETERS));
    double expected = 0;
    double[] keep = {0, 0.1, 0.15, 0.15};
    for (int step = 0; step < keep.length; step++) {
      weights.values(0)[0] = step + 3;
      weights.values(1)[1] = step + 3; // a running mean, which another class has moved
      step(optimizer, weights, gradients, 1, 1);
      expected = keep[step] * expected + (1 - keep[step]) * (step + 3);
      Weights average = optimizer.evaluated(weights);
      assertEquals(expected, average.values(0)[0], 1e-6);
      assertEquals(expected, average.values(1)[1], 1e-6);
      assertEquals(step + 3, weights.values(0)[0]);
    }
  }
}
