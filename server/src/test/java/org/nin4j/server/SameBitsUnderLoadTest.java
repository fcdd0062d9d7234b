package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.nin4j.Classifier;
import org.nin4j.io.BlockModel;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;

/** What a busy server answers has the same bits as what a classifier computes alone. */
class SameBitsUnderLoadTest {
  private static final int CLIENTS = 8;
  private static final int EACH = 60;
  private static final int IMAGES = 20;

  /** In int8 where the engine supports it. */
  private static final Map<String, Model> MODELS =
      new TreeMap<>(Map.of("block", BlockModel.plain(), "quantized", BlockModel.quantized()));

  private static float[] alone(Classifier classifier, int image) {
    float[] logits = new float[3];
    classifier.logits(LoadedServer.image(image), 0, logits, 0);
    return logits;
  }

  @Test
  void eightClientsOfSeveralModelsGetTheBitsOfAClassifierOnOneThread() throws Exception {
    Map<String, List<float[]>> expected = new TreeMap<>();
    MODELS.forEach(
        (name, model) -> {
          try (Classifier classifier = Classifier.builder(model).replicas(1).build()) {
            List<float[]> logits = new ArrayList<>();
            for (int i = 0; i < IMAGES; i++) {
              logits.add(alone(classifier, i));
            }
            expected.put(name, logits);
          }
        });
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try (LoadedServer loaded = new LoadedServer(options -> {})) {
      loaded.models.add("quantized", SourceModel.of(MODELS.get("quantized")));
      List<Future<?>> all = new ArrayList<>();
      for (int c = 0; c < CLIENTS; c++) {
        int first = c;
        all.add(clients.submit(() -> ask(loaded.server, expected, first)));
      }
      for (Future<?> each : all) {
        each.get();
      }
    } finally {
      clients.shutdown();
    }
  }

  private static Void ask(NinServer server, Map<String, List<float[]>> expected, int first)
      throws IOException {
    List<String> names = List.copyOf(expected.keySet());
    try (InferClient client = new InferClient(server)) {
      for (int i = 0; i < EACH; i++) {
        String name = names.get((first + i) % names.size());
        int image = (7 * first + i) % IMAGES;
        float[] logits = client.logits(name, LoadedServer.image(image));
        assertArrayEquals(expected.get(name).get(image), logits, name);
      }
    }
    return null;
  }
}
