package org.nin4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.Precision;
import org.nin4j.error.InvalidModelException;
import org.nin4j.io.Model;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.train.Initializer;

/** A classifier in the hands of many threads. */
@Timeout(120)
class ClassifierThreadsTest {
  private static final int SIDE = 12;
  private static final int CALLERS = 16;
  private static final int CALLS = 1000;

  private static Model model(int maps) {
    Network network =
        new Network(
            "small",
            Shape.of(1, 1, SIDE, SIDE),
            new Sequential(
                new Conv2d(1, maps, 3),
                new ReLU(),
                new Conv2d(maps, 3, 3),
                new AdaptiveAvgPool2d(1),
                new Flatten()));
    return new Model(
        network,
        Initializer.HE.initialize(network, 1),
        List.of("a", "b", "c"),
        Preprocessing.unit(1, SIDE, SIDE),
        Map.of());
  }

  private static DecodedImage image(int number) {
    int side = 10 + number % 5;
    byte[] pixels = new byte[side * side];
    new Random(number).nextBytes(pixels);
    return new DecodedImage(1, side, side, pixels);
  }

  /** Calls each of the methods alternately; returns how each call ended, in order. */
  private static Prediction ask(Classifier classifier, int call, DecodedImage image) {
    return switch (call % 3) {
      case 0 -> classifier.predict(image);
      case 1 -> classifier.submit(image).join();
      default -> classifier.predict(List.of(image, image)).get(1);
    };
  }

  @Test
  void mixedCallsFromManyThreadsGiveTheBitsOfLoneCalls() throws Exception {
    Model model = model(16);
    List<Prediction> expected = new ArrayList<>();
    try (Classifier lone = Classifier.builder(model).replicas(1).build()) {
      for (int i = 0; i < CALLS; i++) {
        expected.add(lone.predict(image(i)));
      }
    }
    ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
    try (Classifier shared = Classifier.builder(model).replicas(3).build()) {
      List<Future<Prediction>> found = new ArrayList<>();
      for (int i = 0; i < CALLS; i++) {
        int call = i;
        found.add(callers.submit(() -> ask(shared, call, image(call))));
      }
      for (int i = 0; i < CALLS; i++) {
        assertEquals(expected.get(i), found.get(i).get());
      }
    } finally {
      callers.shutdownNow();
    }
  }

  @Test
  void aListIsAnsweredInItsOrder() {
    Model model = model(8);
    List<DecodedImage> images = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      images.add(image(i));
    }
    try (Classifier classifier = Classifier.builder(model).replicas(4).build()) {
      List<Prediction> predictions = classifier.predict(images);
      for (int i = 0; i < 100; i++) {
        assertEquals(classifier.predict(images.get(i)), predictions.get(i));
      }
      assertEquals(List.of(), classifier.predict(List.of()));
    }
  }

  /** The one replica is kept busy with images of many maps. */
  @Test
  void moreThanTheQueueHoldsIsRejectedAndWhatWaitsAtTheEndIsTold() {
    List<CompletableFuture<Prediction>> futures = new ArrayList<>();
    try (Classifier classifier = Classifier.builder(model(512)).replicas(1).build()) {
      RejectedExecutionException rejection =
          assertThrows(
              RejectedExecutionException.class,
              () -> {
                while (true) {
                  futures.add(classifier.submit(image(0)));
                }
              });
      assertTrue(rejection.getMessage().contains("1000 images wait"), rejection.getMessage());
      assertTrue(futures.size() >= Classifier.QUEUE_CAPACITY);
      assertTrue(futures.get(futures.size() - 2).cancel(false));
    }
    int told = 0;
    for (CompletableFuture<Prediction> future : futures) {
      if (!future.isCancelled()) {
        told += isToldOfTheEnd(future) ? 1 : 0;
      }
    }
    assertTrue(told > 0);
  }

  private static boolean isToldOfTheEnd(CompletableFuture<Prediction> future) {
    try {
      future.join();
      return false;
    } catch (CompletionException e) {
      assertEquals("the classifier has been closed", e.getCause().getMessage());
      return true;
    }
  }

  @Test
  void aClosedClassifierRefusesEveryWayToAsk() {
    Classifier classifier = Classifier.builder(model(4)).replicas(2).build();
    classifier.predict(image(1));
    classifier.close();
    classifier.close();
    for (int call = 0; call < 3; call++) {
      int way = call;
      assertThrows(IllegalStateException.class, () -> ask(classifier, way, image(1)));
    }
  }

  @Test
  void aFailureReachesWhoAsked() {
    Model broken = model(4);
    broken.weights().values(0)[0] = Float.NaN;
    try (Classifier classifier = Classifier.builder(broken).replicas(2).build()) {
      CompletionException e =
          assertThrows(CompletionException.class, () -> classifier.submit(image(1)).join());
      assertTrue(e.getCause().getMessage().contains("weights are not usable"));
      assertThrows(
          InvalidModelException.class, () -> classifier.predict(List.of(image(1), image(2))));
    }
  }

  @Test
  void numbersThatMakeNoSenseAreRefused() {
    ClassifierBuilder builder = Classifier.builder(model(4));
    assertThrows(IllegalArgumentException.class, () -> builder.replicas(0).build());
    assertThrows(
        IllegalArgumentException.class, () -> builder.replicas(1).threadsPerImage(0).build());
    assertThrows(
        InvalidModelException.class,
        () -> builder.threadsPerImage(1).precision(Precision.INT8).build());
  }

  @Test
  void replicasThatMemoryDoesNotSufficeForAreRefusedBefore() {
    ClassifierBuilder builder = Classifier.builder(model(512)).engine(Engines.best());
    EngineException e =
        assertThrows(
            EngineException.class, () -> builder.replicas(Integer.MAX_VALUE / 2000).build());
    assertTrue(e.getMessage().contains("ask for fewer"), e.getMessage());
    assertFalse(e.getMessage().contains("-"), e.getMessage());
  }

  /** One replica over several threads is an option, with its own bits. */
  @Test
  void aLoneCallerMayHaveAllThreads() {
    try (Classifier one = Classifier.builder(model(16)).build();
        Classifier all = Classifier.builder(model(16)).replicas(1).threadsPerImage(2).build()) {
      float expected = one.predict(image(3)).probability();
      assertEquals(expected, all.predict(image(3)).probability(), 1e-5f);
    }
  }
}
