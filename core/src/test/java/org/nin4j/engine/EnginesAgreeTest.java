package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.nin4j.Engines;
import org.nin4j.engine.EngineAgreement.Difference;
import org.nin4j.nn.Network;

/** Engines agree on random networks, forward and backward. */
class EnginesAgreeTest {
  private static final int CASES = 300;
  private static final int KINKS_ALLOWED = 3;

  /** Fails with the seed and layers of every case in which the engines differ. */
  static void assertAgree(Engine first, Engine second) {
    EngineAgreement agreement = new EngineAgreement(first, second);
    List<String> failures = new ArrayList<>();
    int kinks = 0;
    for (long seed = 0; seed < CASES; seed++) {
      Trial trial = RandomNetworks.trial(seed);
      Optional<Difference> difference = agreement.compare(trial);
      if (difference.isPresent()) {
        if (agreement.liesOnAKink(trial, difference.get())) {
          kinks++;
        } else {
          failures.add(describe(seed, trial, difference.get()));
        }
      }
    }
    assertTrue(
        failures.isEmpty(), () -> failures.size() + " cases:\n" + String.join("\n", failures));
    assertTrue(kinks <= KINKS_ALLOWED, kinks + " cases lie on a kink");
  }

  private static String describe(long seed, Trial trial, Difference difference) {
    return "seed "
        + seed
        + ": "
        + trial.count
        + " of up to "
        + trial.batch
        + " images "
        + trial.network.input()
        + " through "
        + trial.network.layers()
        + "\n  "
        + difference.what()
        + ", "
        + difference.excess()
        + " times what is allowed";
  }

  /** Without a second engine of another kind this holds the comparison itself. */
  @Test
  void anEngineAgreesWithItself() {
    assertAgree(Engines.reference(), Engines.reference());
  }

  @Test
  void aThousandthMoreInOneGradientIsADifferenceAndNotAKink() {
    Engine exact = Engines.reference();
    EngineAgreement agreement = new EngineAgreement(exact, new DistortedEngine(exact));
    int caught = 0;
    for (long seed = 0; seed < 30; seed++) {
      Trial trial = RandomNetworks.trial(seed);
      Optional<Difference> difference = agreement.compare(trial);
      if (difference.isPresent() && !agreement.liesOnAKink(trial, difference.get())) {
        caught++;
      }
    }
    assertEquals(30, caught);
  }

  /** Adds a thousandth to one value of the gradient of the images. */
  private record DistortedEngine(Engine exact) implements Engine {
    @Override
    public String description() {
      return "distorted " + exact.description();
    }

    @Override
    public boolean supports(Precision precision) {
      return exact.supports(precision);
    }

    @Override
    public OptionalDouble measurePeak(Precision precision, int threads) {
      return exact.measurePeak(precision, threads);
    }

    @Override
    public long freeMemory() {
      return exact.freeMemory();
    }

    @Override
    public PreparedWeights prepare(Network network) {
      return exact.prepare(network);
    }

    @Override
    public InferencePlan compileInference(PlanSpec spec, PreparedWeights weights) {
      return exact.compileInference(spec, weights);
    }

    @Override
    public TrainingPlan compileTraining(
        PlanSpec spec, Gradients gradients, PreparedWeights weights) {
      return new DistortedPlan(exact.compileTraining(spec, gradients, weights));
    }

    @Override
    public GradientPlan compileGradients(PlanSpec spec, PreparedWeights weights) {
      return exact.compileGradients(spec, weights);
    }
  }

  private record DistortedPlan(TrainingPlan exact) implements TrainingPlan {
    @Override
    public void forward(
        float[] images,
        int offset,
        int count,
        DropoutMasks masks,
        float[] logits,
        int logitsOffset) {
      exact.forward(images, offset, count, masks, logits, logitsOffset);
    }

    @Override
    public void backward(float[] logitsGradient, int offset, ShardGradients target, int shard) {
      exact.backward(logitsGradient, offset, target, shard);
    }

    @Override
    public ShardGradients gradients(int shards) {
      return exact.gradients(shards);
    }

    @Override
    public long bytes() {
      return exact.bytes();
    }

    @Override
    public void inputGradient(float[] target) {
      exact.inputGradient(target);
      target[target.length / 2] += 1e-3f * Math.max(1, Math.abs(target[target.length / 2]));
    }

    @Override
    public List<StepProfile> profile() {
      return exact.profile();
    }

    @Override
    public void close() {
      exact.close();
    }
  }
}
