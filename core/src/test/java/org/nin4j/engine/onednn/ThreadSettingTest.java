package org.nin4j.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Shape;

/** Plans set the number of OpenMP's threads for themselves, and leave that of their caller. */
class ThreadSettingTest {
  private static final int CALLERS = 3;

  @Test
  void openMpCanBeAskedAndToldHere() throws InterruptedException {
    new OneDnnEngine();
    assertNull(OpenMp.get().failure());
    onAThread(
        () -> {
          int before = OpenMp.get().use(CALLERS);
          assertEquals(CALLERS, OpenMp.get().threads());
          OpenMp.get().restore(before, CALLERS);
          assertEquals(before, OpenMp.get().threads());
        });
  }

  @Test
  void aCallingThreadIsLeftAsItWasFoundAndDoesNotChangeTheResult() throws InterruptedException {
    OneDnnEngine engine = new OneDnnEngine();
    Trial trial =
        Trial.of(Shape.of(1, 3, 20, 20), 8, new Conv2d(3, 40, 5, 1, 2), new Conv2d(40, 8, 3));
    float[] expected = trial.infer(engine, Precision.FP32);
    onAThread(
        () -> {
          OpenMp.get().use(CALLERS);
          assertArrayEquals(expected, trial.infer(engine, Precision.FP32));
          assertEquals(CALLERS, OpenMp.get().threads());
          PlanSpec two = PlanSpec.of(trial.network, 8, Precision.FP32).withThreads(2);
          try (OwnWeights plan = OwnWeights.compile(engine, two)) {
            plan.load(trial.weights);
            plan.run(trial.images, 8, new float[expected.length]);
          }
          assertEquals(CALLERS, OpenMp.get().threads());
        });
  }

  private static void onAThread(Runnable action) throws InterruptedException {
    Throwable[] thrown = new Throwable[1];
    Thread thread = new Thread(action);
    thread.setUncaughtExceptionHandler((ended, e) -> thrown[0] = e);
    thread.start();
    thread.join();
    if (thrown[0] != null) {
      throw new AssertionError(thrown[0]);
    }
  }
}
