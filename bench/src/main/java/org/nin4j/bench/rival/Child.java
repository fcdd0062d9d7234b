package org.nin4j.bench.rival;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.nin4j.bench.Contender;
import org.nin4j.bench.Task;
import org.nin4j.bench.Work;

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

  /** Ends when there are no more commands. */
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
      if (task.work() == Work.INFERENCE) {
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
        work();
      }
    }
    long steps = 0;
    long start = System.nanoTime();
    long taken;
    do {
      work();
      steps++;
      taken = System.nanoTime() - start;
    } while (taken < nanoseconds);
    return String.format(Locale.ROOT, "%d %d", steps, taken);
  }

  private void work() throws Exception {
    if (task.work() == Work.INFERENCE) {
      rival.infer();
    } else {
      rival.step();
    }
  }
}
