package org.nin4j.bench.rival;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nin4j.Classifier;
import org.nin4j.engine.Precision;
import org.nin4j.io.Models;

/**
 * A process that does nothing but what is behind a server, on the inputs of {@link ServedFiles}:
 * {@code FOLDER PRECISION}, then lines {@code turn SECONDS THREADS}, each answered by {@code IMAGES
 * NANOSECONDS}.
 */
public final class BareChild {
  private BareChild() {}

  /** Runs until there are no more commands. */
  public static void main(String[] args) throws Exception {
    Path folder = Path.of(args[0]);
    List<float[]> inputs = ServedFiles.inputs(folder);
    int threads = ChildSettings.threads();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (Classifier classifier =
        Classifier.builder(Models.read(ServedFiles.model(folder)))
            .precision(Precision.valueOf(args[1]))
            .replicas(threads)
            .build()) {
      BufferedReader in =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        String[] words = line.split(" ", -1);
        long begin = System.nanoTime();
        long end = begin + (long) (1e9 * Double.parseDouble(words[1]));
        List<Future<Long>> counts = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(words[2]); i++) {
          counts.add(executor.submit(() -> work(classifier, inputs, end)));
        }
        long images = 0;
        for (Future<Long> count : counts) {
          images += count.get();
        }
        System.out.println(Protocol.ANSWER + images + " " + (System.nanoTime() - begin));
        System.out.flush();
      }
    } finally {
      executor.shutdown();
    }
  }

  private static long work(Classifier classifier, List<float[]> inputs, long end) {
    float[] logits = new float[classifier.model().classes().size()];
    long images = 0;
    while (System.nanoTime() < end) {
      classifier.logits(inputs.get((int) (images % inputs.size())), 0, logits, 0);
      images++;
    }
    return images;
  }
}
