package org.nin4j.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Timing;
import org.nin4j.bench.rival.ChildProcess;
import org.nin4j.bench.rival.Protocol;

/** All contenders of one task, in turn. */
final class TaskRun {
  /** By then the threads of the one before have stopped spinning. */
  private static final int PAUSE_MILLIS = 250;

  private final Children children;
  private final int rounds;
  private final double seconds;

  /**
   * @param seconds of a turn; one step at least
   */
  TaskRun(Children children, int rounds, double seconds) {
    this.children = children;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  /** Compares, then times; the first contender is who the others are compared with. */
  List<Timing> run(Task task, List<Contender> contenders) throws IOException {
    Map<Contender, ChildProcess> processes = new EnumMap<>(Contender.class);
    Map<Contender, Double> differences = new EnumMap<>(Contender.class);
    Map<Contender, List<Double>> rates = new EnumMap<>(Contender.class);
    try {
      double[] expected = null;
      for (Contender contender : contenders) {
        ChildProcess process = children.child(contender, task);
        processes.put(contender, process);
        double[] numbers = process.numbers(Protocol.CHECK);
        expected = expected == null ? numbers : expected;
        differences.put(contender, Comparison.difference(contender, task, expected, numbers));
        process.turn(0);
        rates.put(contender, new ArrayList<>());
      }
      for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < contenders.size(); i++) {
          Contender contender = contenders.get((round + i) % contenders.size());
          pause();
          rates.get(contender).add(task.batch() * processes.get(contender).turn(seconds));
        }
      }
      List<Timing> timings = new ArrayList<>();
      for (Contender contender : contenders) {
        long peak = (long) processes.get(contender).numbers(Protocol.MEMORY)[0];
        timings.add(
            new Timing(task, contender, rates.get(contender), peak, differences.get(contender)));
      }
      return timings;
    } finally {
      for (ChildProcess process : processes.values()) {
        process.close();
      }
    }
  }

  static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
