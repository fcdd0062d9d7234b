package org.nin4j.bench.rival;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;

/** A process that is timed: {@code CONTENDER NETWORK SIZE WORK BATCH}, then lines of commands. */
public final class Child {
  private static final int CHECKED_STEPS = 3;
  private static final int WARM_UP_STEPS = 2;

  private final Contender contender;
  private final Task task;
  private Rival rival;

  private Child(Contender contender, Task task) {
    this.contender = contender;
    this.task = task;
  }

  /** Runs until there are no more commands. */
  public static void main(String[] args) throws Exception {
    Task task =
        new Task(
            args[1], Integer.parseInt(args[2]), Work.valueOf(args[3]), Integer.parseInt(args[4]));
    new Child(Contender.valueOf(args[0]), task).serve(System.out);
  }

  private void serve(PrintStream out) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", -1);
      String answer =
          switch (words[0]) {
            case Protocol.CHECK -> check();
            case Protocol.TURN -> turn((long) (1e9 * Double.parseDouble(words[1])));
            case Protocol.MEMORY -> Long.toString(ResidentMemory.peak());
            default -> throw new IllegalArgumentException("no command " + line);
          };
      out.println(Protocol.ANSWER + answer);
      out.flush();
    }
    if (rival != null) {
      rival.close();
    }
  }

  private String check() throws Exception {
    StringBuilder numbers = new StringBuilder();
    try (Rival checked = Rival.of(contender, Exercise.of(task, false), task.work())) {
      if (task.work() != Work.TRAINING) {
        for (float logit : checked.infer()) {
          numbers.append(' ').append(logit);
        }
      } else {
        for (int i = 0; i < CHECKED_STEPS; i++) {
          numbers.append(' ').append(checked.step());
        }
      }
    }
    return numbers.toString().strip();
  }

  private String turn(long nanoseconds) throws Exception {
    if (rival == null) {
      rival = Rival.of(contender, Exercise.of(task, true), task.work());
      for (int i = 0; i < WARM_UP_STEPS; i++) {
        workFor(0);
      }
    }
    long start = System.nanoTime();
    long steps = workFor(nanoseconds);
    long taken = System.nanoTime() - start;
    return String.format(Locale.ROOT, "%d %d", steps, taken);
  }

  /** Steps, or images of all callers. */
  private long workFor(long nanoseconds) throws Exception {
    if (task.work() == Work.CALLERS) {
      return answers(nanoseconds);
    }
    long start = System.nanoTime();
    long steps = 0;
    do {
      work();
      steps++;
    } while (System.nanoTime() - start < nanoseconds);
    return steps;
  }

  private void work() throws Exception {
    if (task.work() == Work.INFERENCE) {
      rival.infer();
    } else {
      rival.step();
    }
  }

  /** All callers at the same time, until the time is over. */
  private long answers(long nanoseconds) throws Exception {
    long end = System.nanoTime() + nanoseconds;
    int callers = ChildSettings.threads();
    ExecutorService executor = Executors.newFixedThreadPool(callers);
    try {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        int caller = i;
        counts.add(
            executor.submit(
                () -> {
                  long count = 0;
                  do {
                    rival.answer(caller);
                    count++;
                  } while (System.nanoTime() < end);
                  return count;
                }));
      }
      long sum = 0;
      for (Future<Long> count : counts) {
        sum += count.get();
      }
      return sum;
    } finally {
      executor.shutdown();
    }
  }
}
