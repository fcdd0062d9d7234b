package org.nin4j.conformance.process;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.Engines;
import org.nin4j.engine.DropoutMasks;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.Outcome;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.engine.Weights;
import org.nin4j.engine.WholeBatch;
import org.nin4j.nn.Network;

/** Plans in several threads, and plans in wrong hands: a Java exception, never a crash. */
class PlanUseTest {
  private static final Engine ENGINE = Engines.oneDnn();
  private static final int ROUNDS = 10;

  private final ExecutorService threads = Executors.newFixedThreadPool(2);

  @AfterEach
  void endThreads() throws InterruptedException {
    threads.shutdownNow();
    assertTrue(threads.awaitTermination(60, TimeUnit.SECONDS));
  }

  private static Trial trial(int number) {
    int batch = 3 + number % 3;
    return new Trial(ChangingNetworks.of(number), batch, batch, number);
  }

  /**
   * Compiled, run and closed in two threads at the same time, in lock-step; and alone in one of
   * them, because PyTorch may have left the test's own thread with fewer of OpenMP's threads, and
   * another number of threads adds up in another order.
   */
  @ParameterizedTest
  @EnumSource(names = {"FP32", "BF16"})
  void twoPlansInTwoThreadsComputeTheBitsOfEachAlone(Precision precision) throws Exception {
    if (!ENGINE.supports(precision)) {
      return;
    }
    for (int round = 0; round < ROUNDS; round++) {
      Trial[] trials = {trial(2 * round), trial(2 * round + 1)};
      CyclicBarrier together = new CyclicBarrier(2);
      List<Outcome> alone = new ArrayList<>();
      List<Future<Outcome>> found = new ArrayList<>();
      for (Trial trial : trials) {
        alone.add(threads.submit(() -> trial.run(ENGINE, precision)).get());
      }
      for (Trial trial : trials) {
        Callable<Outcome> run =
            () -> {
              together.await();
              return trial.run(ENGINE, precision);
            };
        found.add(threads.submit(run));
      }
      assertTrue(alone.get(0).sameBits(found.get(0).get()));
      assertTrue(alone.get(1).sameBits(found.get(1).get()));
    }
  }

  @Test
  void onePlanMayGoFromThreadToThread() throws Exception {
    Trial trial = trial(7);
    float[] expected = trial.run(ENGINE, Precision.FP32).inferenceLogits;
    OwnWeights plan =
        threads
            .submit(() -> OwnWeights.compile(ENGINE, trial.network, trial.batch, Precision.FP32))
            .get();
    plan.load(trial.weights);
    for (int i = 0; i < ROUNDS; i++) {
      float[] logits = new float[expected.length];
      Runnable run = () -> plan.run(trial.images, trial.count, logits);
      if (i % 2 == 0) {
        run.run();
      } else {
        threads.submit(run).get();
      }
      assertArrayEquals(expected, logits);
    }
    threads.submit(plan::close).get();
    assertThrows(
        IllegalStateException.class, () -> plan.run(trial.images, 1, new float[expected.length]));
  }

  /** Two threads at once are not allowed to, but must not bring Java down: they take turns. */
  @Test
  void aPlanClosedUnderARunningThreadEndsInAnException() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Trial trial = trial(round);
      OwnWeights plan = OwnWeights.compile(ENGINE, trial.network, trial.batch, Precision.FP32);
      plan.load(trial.weights);
      CyclicBarrier together = new CyclicBarrier(2);
      Callable<Exception> runner =
          () -> {
            together.await();
            return assertThrows(
                IllegalStateException.class,
                () -> {
                  while (true) {
                    plan.run(trial.images, trial.count, new float[trial.logitsGradient.length]);
                  }
                });
          };
      Future<Exception> end = threads.submit(runner);
      together.await();
      Thread.sleep(round % 3);
      plan.close();
      assertTrue(end.get().getMessage().contains("closed"), end.get().getMessage());
    }
  }

  private static void refused(Executable call) {
    assertNotNull(assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private static void outOfOrder(Executable call) {
    assertNotNull(assertThrows(IllegalStateException.class, call).getMessage());
  }

  @Test
  void anInferencePlanRefusesWhatDoesNotFit() {
    for (int number = 0; number < ROUNDS; number++) {
      Trial trial = trial(number);
      Trial other = trial(number + 1);
      float[] images = trial.images;
      float[] logits = new float[trial.logitsGradient.length];
      int count = trial.count;
      OwnWeights plan = OwnWeights.compile(ENGINE, trial.network, count, Precision.FP32);
      outOfOrder(() -> plan.run(images, count, logits));
      refused(() -> plan.load(other.weights));
      refused(() -> plan.load(Weights.zeros(List.of())));
      outOfOrder(() -> plan.run(images, count, logits));
      plan.load(trial.weights);
      for (int wrong : new int[] {Integer.MIN_VALUE, -1, 0, count + 1, Integer.MAX_VALUE}) {
        refused(() -> plan.run(images, wrong, logits));
      }
      refused(() -> plan.run(new float[images.length - 1], count, logits));
      refused(() -> plan.run(new float[0], 1, logits));
      refused(() -> plan.run(images, count, new float[logits.length - 1]));
      plan.run(images, count, logits);
      assertArrayEquals(trial.run(ENGINE, Precision.FP32).inferenceLogits, logits);
      plan.close();
      plan.close();
      outOfOrder(() -> plan.run(images, count, logits));
      outOfOrder(() -> plan.load(trial.weights));
    }
  }

  @Test
  void aTrainingPlanRefusesWhatDoesNotFit() {
    for (int number = 0; number < ROUNDS; number++) {
      Trial trial = trial(number);
      Network network = trial.network;
      Weights weights = trial.weights.copy();
      Weights foreign = trial(number + 1).weights;
      Weights gradients = Weights.zeros(network);
      DropoutMasks masks = trial.masks;
      float[] images = trial.images;
      float[] logits = new float[trial.logitsGradient.length];
      int count = trial.count;
      WholeBatch plan =
          WholeBatch.compile(
              ENGINE, network, count, Precision.FP32, Gradients.OF_PARAMETERS_AND_INPUT);
      outOfOrder(() -> plan.backward(trial.logitsGradient, gradients));
      outOfOrder(() -> plan.inputGradient(new float[images.length]));
      refused(() -> plan.forward(foreign, images, count, masks, logits));
      for (int wrong : new int[] {Integer.MIN_VALUE, -1, 0, count + 1, Integer.MAX_VALUE}) {
        refused(() -> plan.forward(weights, images, wrong, masks, logits));
      }
      refused(() -> plan.forward(weights, new float[3], count, masks, logits));
      refused(() -> plan.forward(weights, images, count, masks, new float[1]));
      plan.forward(weights, images, count, masks, logits);
      refused(() -> plan.backward(new float[logits.length - 1], gradients));
      refused(() -> plan.backward(trial.logitsGradient, foreign));
      plan.backward(trial.logitsGradient, gradients);
      outOfOrder(() -> plan.backward(trial.logitsGradient, gradients));
      refused(() -> plan.inputGradient(new float[images.length - 1]));
      Outcome expected = trial.run(ENGINE, Precision.FP32);
      assertArrayEquals(expected.logits, logits);
      assertTrue(sameBits(expected.gradients, gradients));
      plan.close();
      plan.close();
      outOfOrder(() -> plan.forward(weights, images, count, masks, logits));
      outOfOrder(() -> plan.backward(trial.logitsGradient, gradients));
      outOfOrder(() -> plan.inputGradient(new float[images.length]));
    }
  }
}
