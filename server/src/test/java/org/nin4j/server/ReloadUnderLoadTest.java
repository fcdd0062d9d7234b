package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Classifier;
import org.nin4j.data.Preprocessing;
import org.nin4j.error.ClosedException;
import org.nin4j.io.BlockModel;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.ServedModel;
import org.nin4j.train.Initializer;

/**
 * A model's file changes again and again while clients ask without a pause: nothing is lost, and
 * every answer is that of one model or the other. The number of changes is the property {@code
 * nin4j.reloads}.
 */
class ReloadUnderLoadTest {
  private static final int RELOADS = Integer.getInteger("nin4j.reloads", 6);
  private static final int CLIENTS = 3;
  private static final float[] IMAGE = LoadedServer.image(1);

  @TempDir Path folder;

  /** A model for the same images with other layers and more classes. */
  private static Model other() {
    Network network =
        new Network(
            "other",
            Shape.of(1, 1, 8, 8),
            new Sequential(
                new Conv2d(1, 16, 3),
                new ReLU(),
                new Conv2d(16, 5, 1),
                new AdaptiveAvgPool2d(1),
                new Flatten()));
    return new Model(
        network,
        Initializer.HE.initialize(network, 2),
        List.of("a", "b", "c", "d", "e"),
        Preprocessing.unit(1, 8, 8),
        Map.of(),
        null);
  }

  private static float[] logits(Model model) {
    float[] logits = new float[model.classes().size()];
    try (Classifier classifier = Classifier.of(model)) {
      classifier.logits(IMAGE, 0, logits, 0);
    }
    return logits;
  }

  @Test
  void everyAnswerIsThatOfOneModelWhileFilesChange() throws Exception {
    Path file = folder.resolve("model.safetensors");
    List<Model> models = List.of(BlockModel.plain(), other());
    List<byte[]> contents = new ArrayList<>();
    for (Model model : models) {
      Models.write(file, model); // the first is there when the server begins
      contents.add(Files.readAllBytes(file));
    }
    Files.write(file, contents.get(0));
    List<float[]> expected = models.stream().map(ReloadUnderLoadTest::logits).toList();

    AtomicBoolean done = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (LoadedServer loaded =
        new LoadedServer(options -> options.watchModels(Duration.ofMillis(5)))) {
      loaded.models.add("changing", file, ImportOptions.none());
      ServedModel served = loaded.models.find("changing").orElseThrow();
      AtomicInteger[] counts = {new AtomicInteger(), new AtomicInteger()};
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < CLIENTS; i++) {
        all.add(clients.submit(() -> ask(loaded.server, expected, counts, done)));
      }
      List<LoadedModel> replaced = new ArrayList<>();
      for (int i = 1; i <= RELOADS; i++) {
        LoadedModel before = served.current();
        replaced.add(before);
        change(file, contents.get(i % 2), i);
        awaitOther(served, before);
        int next = i % 2;
        int answers = counts[next].get();
        while (counts[next].get() < answers + CLIENTS && all.stream().noneMatch(Future::isDone)) {
          Thread.sleep(1);
        }
      }
      done.set(true);
      for (Future<?> each : all) {
        each.get();
      }
      for (LoadedModel each : replaced) {
        assertThrows(ClosedException.class, () -> run(each));
      }
      int answers = counts[0].get() + counts[1].get();
      // An answer may be there before the server has told that it was sent.
      BlockServer.await("all outcomes are told", () -> loaded.outcomes.size() >= answers);
      assertEquals(answers, loaded.outcomes.size());
      assertTrue(loaded.outcomes.stream().allMatch(outcome -> outcome.status() == 200));
    } finally {
      clients.shutdown();
    }
  }

  private static void run(LoadedModel model) {
    model.classifier().logits(IMAGE, 0, new float[5], 0);
  }

  /** Writes in place, moves a file there, or leaves a part of a file for a while. */
  private void change(Path file, byte[] content, int number) throws Exception {
    switch (number % 3) {
      case 0 -> Files.write(file, content);
      case 1 -> {
        Path next = folder.resolve("next");
        Files.write(next, content);
        Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
      }
      default -> {
        Files.write(file, Arrays.copyOf(content, content.length / 2));
        Thread.sleep(40);
        Files.write(file, content);
      }
    }
  }

  private static void awaitOther(ServedModel served, LoadedModel before)
      throws InterruptedException {
    for (int i = 0; served.current() == before; i++) {
      assertTrue(i < 20_000, "the new file was not loaded");
      Thread.sleep(1);
    }
  }

  private static Void ask(
      NinServer server, List<float[]> expected, AtomicInteger[] counts, AtomicBoolean done)
      throws IOException {
    try (InferClient client = new InferClient(server)) {
      while (!done.get()) {
        float[] logits = client.logits("changing", IMAGE);
        boolean first = Arrays.equals(expected.get(0), logits);
        assertTrue(first || Arrays.equals(expected.get(1), logits), () -> Arrays.toString(logits));
        counts[first ? 0 : 1].incrementAndGet();
      }
    }
    return null;
  }
}
