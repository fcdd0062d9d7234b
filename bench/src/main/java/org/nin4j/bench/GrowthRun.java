package org.nin4j.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Growth;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;
import org.nin4j.bench.rival.ChildProcess;
import org.nin4j.bench.rival.EpochChild;
import org.nin4j.bench.rival.Protocol;

/**
 * Measures how the library's own cost grows with the batch, the threads, the size and the epochs.
 */
final class GrowthRun {
  private static final String NETWORK = "nin";
  private static final int SIZE = 224;
  private static final int BATCH = 64;
  static final String EPOCH = "epoch";
  private static final int EPOCHS = 20;
  private static final List<Contender> OURS = List.of(Contender.NIN4J_FP32, Contender.NIN4J_BF16);
  private static final int TURNS = 3;
  private static final List<Integer> BATCHES = List.of(1, 4, 16, 64, 128);
  private static final List<Integer> SIZES = List.of(96, 128, 160, 192, 224);

  private final Children children;
  private final double seconds;
  private final List<Growth> points = new ArrayList<>();

  private GrowthRun(Children children, double seconds) {
    this.children = children;
    this.seconds = seconds;
  }

  /** By batch, threads and size. */
  static List<Growth> run(Children children, double seconds) throws IOException {
    GrowthRun run = new GrowthRun(children, seconds);
    for (Contender contender : OURS) {
      for (Work work : List.of(Work.TRAINING, Work.INFERENCE)) {
        for (int batch : BATCHES) {
          run.point(children, contender, new Task(NETWORK, SIZE, work, batch), "batch", batch);
        }
        for (int threads = 1; threads <= children.threads(); threads++) {
          Task task = new Task(NETWORK, SIZE, work, BATCH);
          run.point(children.withThreads(threads), contender, task, "threads", threads);
        }
        for (int size : SIZES) {
          run.point(children, contender, new Task(NETWORK, size, work, BATCH), "size", size);
        }
      }
    }
    return run.points;
  }

  /** By the epochs of one training. */
  static List<Growth> epochs(Children children) throws IOException {
    GrowthRun run = new GrowthRun(children, 0);
    for (Contender contender : OURS) {
      run.epochs(contender);
    }
    return run.points;
  }

  private static String precision(Contender contender) {
    return contender == Contender.NIN4J_BF16 ? "bf16" : "fp32";
  }

  private void point(Children from, Contender contender, Task task, String axis, int at)
      throws IOException {
    try (ChildProcess process = from.child(contender, task)) {
      double[] rates = new double[TURNS];
      for (int i = 0; i < TURNS; i++) {
        TaskRun.pause();
        rates[i] = task.batch() * process.turn(seconds);
      }
      Arrays.sort(rates);
      long resident = (long) process.numbers(Protocol.MEMORY)[0];
      points.add(
          new Growth(task.work(), precision(contender), axis, at, rates[TURNS / 2], resident));
    }
  }

  private void epochs(Contender contender) throws IOException {
    String precision = precision(contender);
    try (ChildProcess process =
        children.start(
            contender,
            EpochChild.class,
            precision.toUpperCase(Locale.ROOT),
            Integer.toString(EPOCHS))) {
      int epoch = 0;
      for (String[] words : process.allAnswers()) {
        epoch++;
        points.add(
            new Growth(
                Work.TRAINING,
                precision,
                EPOCH,
                epoch,
                Double.parseDouble(words[0]),
                Long.parseLong(words[1])));
      }
      if (epoch < EPOCHS) {
        throw new IOException("the training of several epochs has failed; its output is above");
      }
    }
  }
}
