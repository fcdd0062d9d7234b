package org.nin4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.DropoutMasks;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.OwnGradients;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.ShardGradients;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.Weights;
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
    try (Classifier classifier = Classifier.builder(model).engine(Engines.oneDnn()).build()) {
      assertEquals(0, bytes(() -> classifier.classify(pixels, 1, 28, 28, probabilities)));
    }
  }

  @Test
  void classifyingImagesOfAFewSizesAllocatesNothing() {
    Preprocessing plain = Preprocessing.unit(1, SIDE, SIDE);
    for (Preprocessing preprocessing :
        List.of(plain, plain.antialiased(), plain.antialiased().centerCropped(SIDE + 2))) {
      Model model = new Model(NETWORK, WEIGHTS, List.of("a", "b", "c"), preprocessing, Map.of());
      byte[] pixels = new byte[3 * 40 * 40];
      float[] probabilities = new float[3];
      try (Classifier classifier = Classifier.builder(model).engine(Engines.oneDnn()).build()) {
        assertEquals(
            0,
            bytes(
                () -> {
                  for (int side = 33; side <= 40; side++) {
                    classifier.classify(pixels, 3, side, 73 - side, probabilities);
                  }
                }));
      }
    }
  }

  /** On the calling thread; the answer is allocated on the one that makes it. */
  @Test
  void submittingAnImageAllocatesItsFutureOnly() {
    Model model =
        new Model(
            NETWORK, WEIGHTS, List.of("a", "b", "c"), Preprocessing.unit(1, SIDE, SIDE), Map.of());
    DecodedImage image = new DecodedImage(1, 28, 28, new byte[28 * 28]);
    try (Classifier classifier = Classifier.of(model)) {
      long perCall =
          bytes(
                  () -> {
                    CompletableFuture<Prediction> future = classifier.submit(image);
                    while (!future.isDone()) {
                      Thread.onSpinWait();
                    }
                  })
              / CALLS;
      assertTrue(perCall <= 48, perCall + " bytes"); // an object of four fields
    }
  }

  /** 200: no small number whose object Java keeps. */
  @Test
  void runningAnInferencePlanAllocatesNothing() {
    int batch = 200;
    float[] images = new float[batch * SIDE * SIDE];
    float[] logits = new float[batch * 3];
    try (OwnWeights plan = OwnWeights.compile(Engines.oneDnn(), NETWORK, batch, Precision.FP32)) {
      plan.load(WEIGHTS);
      assertEquals(0, bytes(() -> plan.run(images, batch, logits)));
    }
  }

  @Test
  void runningAGradientPlanAllocatesNothing() {
    int batch = 200;
    float[] images = new float[batch * SIDE * SIDE];
    float[] logits = new float[batch * 3];
    try (OwnGradients plan =
        OwnGradients.compile(Engines.oneDnn(), NETWORK, batch, Precision.FP32)) {
      plan.load(WEIGHTS);
      assertEquals(
          0,
          bytes(
              () -> {
                plan.forward(images, batch, logits);
                plan.backward(logits, images);
              }));
    }
  }

  /** Two shards, from the weights to the sum of their gradients. */
  @Test
  void aTrainingStepAllocatesNothing() {
    int shard = 8;
    int perShard = shard * SIDE * SIDE;
    float[] images = new float[2 * perShard];
    float[] logits = new float[2 * shard * 3];
    float[] gradient = new float[2 * shard * 3];
    Weights gradients = Weights.zeros(NETWORK);
    DropoutMasks masks = (layer, p, image, mask, offset, length) -> mask[offset] = 1;
    Engine engine = Engines.oneDnn();
    PlanSpec spec = PlanSpec.of(NETWORK, shard, Precision.FP32);
    try (PreparedWeights weights = engine.prepare(NETWORK);
        TrainingPlan plan = engine.compileTraining(spec, Gradients.OF_PARAMETERS, weights);
        ShardGradients shards = plan.gradients(2)) {
      assertEquals(
          0,
          bytes(
              () -> {
                for (int i = 0; i < WEIGHTS.count(); i++) {
                  weights.load(WEIGHTS, i);
                }
                for (int i = 0; i < 2; i++) {
                  plan.forward(images, i * perShard, shard, masks, logits, i * shard * 3);
                  plan.backward(gradient, i * shard * 3, shards, i);
                }
                for (int i = 0; i < WEIGHTS.count(); i++) {
                  shards.sum(2, i, gradients);
                }
              }));
    }
  }
}
