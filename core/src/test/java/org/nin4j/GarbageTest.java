package org.nin4j;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.DropoutMasks;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.Precision;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.Weights;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.io.Model;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.train.Initializer;

/** What runs again and again leaves nothing for the garbage collector, compiled or not. */
class GarbageTest {
  private static final int SIDE = 12;
  private static final int CALLS = 50;
  private static final Network NETWORK =
      new Network(
          "small",
          Shape.of(1, 1, SIDE, SIDE),
          new Sequential(
              new Conv2d(1, 16, 3),
              new BatchNorm2d(16),
              new ReLU(),
              new MaxPool2d(2, 2),
              new Dropout(0.5f),
              new Conv2d(16, 3, 1),
              new ReLU(),
              new AdaptiveAvgPool2d(1),
              new Flatten()));
  private static final Weights WEIGHTS = Initializer.HE.initialize(NETWORK, 1);

  /**
   * Bytes that the calling thread allocates in a round of calls: the least of three, after one in
   * which things are made once. Where the JVM gives up compiled code, it allocates what that code
   * had done without, once; what a call allocates, it allocates in every round.
   */
  private static long bytes(Runnable call) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round <= 3; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      least = round == 0 ? least : Math.min(least, allocated);
    }
    return least;
  }

  @Test
  void theMeasureSeesAnObject() {
    Object[] kept = new Object[1];
    assertEquals(16L * CALLS, bytes(() -> kept[0] = new Object()));
  }

  @Test
  void classifyingImagesOfOneSizeAllocatesNothing() {
    Preprocessing preprocessing = Preprocessing.unit(1, SIDE, SIDE);
    Model model = new Model(NETWORK, WEIGHTS, List.of("a", "b", "c"), preprocessing, Map.of());
    byte[] pixels = new byte[28 * 28];
    float[] probabilities = new float[3];
    try (Classifier classifier = new Classifier(model, new OneDnnEngine())) {
      assertEquals(0, bytes(() -> classifier.classify(pixels, 1, 28, 28, probabilities)));
    }
  }

  /** 200: no small number whose object Java keeps. */
  @Test
  void runningAnInferencePlanAllocatesNothing() {
    int batch = 200;
    float[] images = new float[batch * SIDE * SIDE];
    float[] logits = new float[batch * 3];
    try (InferencePlan plan = new OneDnnEngine().compileInference(NETWORK, batch, Precision.FP32)) {
      plan.load(WEIGHTS);
      assertEquals(0, bytes(() -> plan.run(images, batch, logits)));
    }
  }

  @Test
  void aTrainingStepAllocatesNothing() {
    int batch = 8;
    float[] images = new float[batch * SIDE * SIDE];
    float[] logits = new float[batch * 3];
    float[] gradient = new float[batch * 3];
    Weights gradients = Weights.zeros(NETWORK);
    DropoutMasks masks = (layer, p, mask, length) -> mask[0] = 1;
    try (TrainingPlan plan =
        new OneDnnEngine()
            .compileTraining(NETWORK, batch, Precision.FP32, Gradients.OF_PARAMETERS)) {
      assertEquals(
          0,
          bytes(
              () -> {
                plan.forward(WEIGHTS, images, batch, masks, logits);
                plan.backward(gradient, gradients);
              }));
    }
  }
}
