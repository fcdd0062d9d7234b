package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** Batches in shards: what they add up to, and that it does not matter which plan computes one. */
interface ShardContract {
  float ROUNDING = 1e-5f;

  Engine engine();

  private static Network network(Layer... further) {
    Layer[] layers = Arrays.copyOf(further, further.length + 3);
    layers[further.length] = new AdaptiveAvgPool2d(1);
    layers[further.length + 1] = new Flatten();
    layers[further.length + 2] = new Linear(20, 5);
    return new Network("sharded", Shape.of(1, 3, 6, 5), new Sequential(layers));
  }

  /** Its gradients are sums over images: shards add up to the batch. */
  private static Network plain() {
    return network(
        new Conv2d(3, 17, 3, 1, 1), new ReLU(), new Dropout(0.25f), new Conv2d(17, 20, 1));
  }

  private static Network normalised() {
    return network(new BatchNorm2d(3), new Conv2d(3, 20, 3), new BatchNorm2d(20), new ReLU());
  }

  /** Runs shards of a number of images, alternately on each of the plans, and adds them up. */
  private static Weights sum(
      Trial trial, int shard, PreparedWeights weights, TrainingPlan... plans) {
    int perImage = trial.images.length / trial.count;
    int classes = trial.network.classes();
    int shards = (trial.count + shard - 1) / shard;
    float[] logits = new float[trial.logitsGradient.length];
    Weights sums = Weights.zeros(trial.network);
    weights.load(trial.weights);
    try (ShardGradients gradients = plans[0].gradients(shards)) {
      for (int s = 0; s < shards; s++) {
        TrainingPlan plan = plans[s % plans.length];
        int first = s * shard;
        int count = Math.min(shard, trial.count - first);
        DropoutMasks masks =
            (layer, p, image, mask, offset, length) ->
                trial.masks.fill(layer, p, first + image, mask, offset, length);
        plan.forward(trial.images, first * perImage, count, masks, logits, first * classes);
        plan.backward(trial.logitsGradient, first * classes, gradients, s);
      }
      for (int i = 0; i < sums.count(); i++) {
        gradients.sum(shards, i, sums);
      }
    }
    return sums;
  }

  private Weights sum(Trial trial, int shard, int plans) {
    PlanSpec spec = PlanSpec.of(trial.network, shard, Precision.FP32);
    TrainingPlan[] compiled = new TrainingPlan[plans];
    try (PreparedWeights weights = engine().prepare(trial.network)) {
      for (int i = 0; i < plans; i++) {
        compiled[i] = engine().compileTraining(spec, Gradients.OF_PARAMETERS, weights);
      }
      Weights sum = sum(trial, shard, weights, compiled);
      for (TrainingPlan plan : compiled) {
        plan.close();
      }
      return sum;
    }
  }

  @Test
  default void gradientsOfShardsAddUpToThatOfTheBatch() {
    Trial trial = new Trial(plain(), 11, 11, 3);
    Weights whole = sum(trial, 11, 1);
    for (int shard : new int[] {1, 2, 3, 6}) {
      Weights sum = sum(trial, shard, 1);
      for (int i = 0; i < whole.count(); i++) {
        assertArrayEquals(whole.values(i), sum.values(i), 10 * ROUNDING, "shards of " + shard);
      }
    }
  }

  @Test
  default void theBitsDoNotDependOnWhichPlanComputesAShard() {
    for (Network network : List.of(plain(), normalised())) {
      Trial trial = new Trial(network, 14, 14, 3);
      Weights one = sum(trial, 4, 1);
      assertTrue(sameBits(one, sum(trial, 4, 2)));
      assertTrue(sameBits(one, sum(trial, 4, 3)));
    }
  }

  /** Each alone, then added as the tree says: ((0 + 1) + (2 + 3)) + 4. */
  @Test
  default void gradientsAreAddedAlongTheTree() {
    Trial trial = new Trial(plain(), 10, 10, 3);
    int perImage = trial.images.length / 10;
    Weights[] alone = new Weights[5];
    for (int s = 0; s < 5; s++) {
      Trial part = new Trial(trial.network, 2, 2, 3);
      part.withImages(Arrays.copyOfRange(trial.images, 2 * s * perImage, 2 * (s + 1) * perImage));
      part.withLogitsGradient(Arrays.copyOfRange(trial.logitsGradient, 10 * s, 10 * (s + 1)));
      int first = 2 * s;
      alone[s] =
          part.withMasks(
                  (layer, p, image, mask, offset, length) ->
                      trial.masks.fill(layer, p, first + image, mask, offset, length))
              .run(engine())
              .gradients;
    }
    Weights sum = sum(trial, 2, 1);
    for (int i = 0; i < sum.count(); i++) {
      for (int j = 0; j < sum.values(i).length; j++) {
        float left = alone[0].values(i)[j] + alone[1].values(i)[j];
        float right = alone[2].values(i)[j] + alone[3].values(i)[j];
        assertEquals(left + right + alone[4].values(i)[j], sum.values(i)[j]);
      }
    }
  }

  /** The first layer sees the images, whose statistics are known. */
  @Test
  default void statisticsArePooledOverTheBatch() {
    Trial trial = new Trial(normalised(), 11, 11, 3);
    for (int shard : new int[] {11, 4, 2}) {
      Weights sum = sum(trial, shard, 1);
      for (int c = 0; c < 3; c++) {
        double mean = 0;
        double squares = 0;
        int count = 11 * 30;
        for (int n = 0; n < 11; n++) {
          for (int i = 0; i < 30; i++) {
            float value = trial.images[(n * 3 + c) * 30 + i];
            mean += value / (double) count;
            squares += (double) value * value;
          }
        }
        double variance = (squares - count * mean * mean) / (count - 1);
        assertEquals(mean, sum.values("0.running_mean")[c], ROUNDING);
        assertEquals(variance, sum.values("0.running_var")[c], ROUNDING);
      }
    }
  }

  @Test
  default void gradientsOfOtherWeightsAndShardsThatThereAreNotAreRefused() {
    Trial trial = new Trial(plain(), 2, 2, 3);
    PlanSpec spec = PlanSpec.of(trial.network, 2, Precision.FP32);
    try (PreparedWeights weights = engine().prepare(trial.network);
        PreparedWeights others = engine().prepare(trial.network);
        TrainingPlan plan = engine().compileTraining(spec, Gradients.OF_PARAMETERS, weights);
        TrainingPlan other = engine().compileTraining(spec, Gradients.OF_PARAMETERS, others);
        ShardGradients foreign = other.gradients(1);
        ShardGradients own = plan.gradients(1)) {
      weights.load(trial.weights);
      plan.forward(trial.images, 0, 2, trial.masks, new float[10], 0);
      refused("other weights", () -> plan.backward(trial.logitsGradient, 0, foreign, 0));
      refused("1 shards, not for 2", () -> plan.backward(trial.logitsGradient, 0, own, 1));
      refused("1 shards, not for 2", () -> own.sum(2, 0, Weights.zeros(trial.network)));
      refused("at least 1", () -> plan.gradients(0));
      Runnable close = own::close;
      close.run();
      assertThrows(
          IllegalStateException.class, () -> plan.backward(trial.logitsGradient, 0, own, 0));
      assertThrows(IllegalStateException.class, () -> own.sum(1, 0, Weights.zeros(trial.network)));
    }
  }

  private static void refused(String message, Executable call) {
    Exception refusal = assertThrows(IllegalArgumentException.class, call);
    assertTrue(refusal.getMessage().contains(message), refusal.getMessage());
  }

  @Test
  default void plansMayOutliveTheWeightsThatTheyAreOver() {
    Trial trial = new Trial(plain(), 2, 2, 3);
    PlanSpec spec = PlanSpec.of(trial.network, 2, Precision.FP32);
    PreparedWeights weights = engine().prepare(trial.network);
    float[] logits = new float[10];
    try (InferencePlan plan = engine().compileInference(spec, weights)) {
      weights.load(trial.weights);
      Runnable close = weights::close;
      close.run();
      close.run();
      plan.run(trial.images, 2, logits);
      assertArrayEquals(trial.infer(engine()), logits);
      assertThrows(IllegalStateException.class, () -> weights.load(trial.weights));
      assertThrows(IllegalStateException.class, () -> engine().compileInference(spec, weights));
    }
  }

  @Test
  default void weightsOfAnotherNetworkOrEngineAreRefused() {
    PlanSpec spec = PlanSpec.of(plain(), 2, Precision.FP32);
    try (PreparedWeights weights = engine().prepare(normalised())) {
      refused("another network", () -> engine().compileInference(spec, weights));
    }
  }

  /** Both plans read what was loaded last. */
  @Test
  default void plansShareTheirWeights() {
    Trial trial = new Trial(plain(), 2, 2, 3);
    Trial other = new Trial(plain(), 2, 2, 4);
    PlanSpec one = PlanSpec.of(trial.network, 1, Precision.FP32);
    PlanSpec two = PlanSpec.of(trial.network, 2, Precision.FP32);
    float[] logits = new float[10];
    try (PreparedWeights weights = engine().prepare(trial.network);
        InferencePlan first = engine().compileInference(one, weights)) {
      weights.load(other.weights);
      try (InferencePlan second = engine().compileInference(two, weights)) {
        second.run(trial.images, 2, logits);
        assertArrayEquals(
            new Trial(plain(), 2, 2, 4).withImages(trial.images).infer(engine()), logits, ROUNDING);
        weights.load(trial.weights);
        second.run(trial.images, 2, logits);
        assertArrayEquals(trial.infer(engine()), logits, ROUNDING);
        first.run(trial.images, trial.images.length / 2, 1, logits, 0);
        assertArrayEquals(
            Arrays.copyOfRange(trial.infer(engine()), 5, 10), Arrays.copyOf(logits, 5), ROUNDING);
      }
    }
  }
}
