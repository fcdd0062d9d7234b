package org.nin4j.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.EndToEnd;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Timing;
import org.nin4j.bench.result.Work;
import org.nin4j.bench.rival.ChildProcess;
import org.nin4j.bench.rival.EndToEndChild;
import org.nin4j.bench.rival.PeakChild;

/** Measures one part after the other, and saves the results after each task. */
final class Bench {
  private static final int BATCH = 64;

  private final Settings settings;
  private final Children children;
  private final ResultsFile results;
  private final Consumer<String> screen;

  Bench(Settings settings, Children children, ResultsFile results, Consumer<String> screen) {
    this.settings = settings;
    this.children = children;
    this.results = results;
    this.screen = screen;
  }

  /**
   * Measures all parts that the settings name.
   *
   * @param folder the folder for models
   */
  void run(Path folder) throws Exception {
    results.keepBut(settings.parts());
    Machine.describe(results.machine, children.threads());
    peaks();
    if (settings.parts().contains(Part.STARTS)) {
      screen.accept("start to first prediction");
      List<Contender> able = settings.able(Work.INFERENCE);
      results.starts.addAll(StartRun.run(children, able, settings.rounds(), folder));
      results.save();
    }
    if (settings.parts().contains(Part.TASKS)) {
      for (NetworkAtSize network : settings.networks()) {
        tasks(network);
        peaks();
      }
    }
    if (settings.parts().contains(Part.ENDTOEND)) {
      for (int size : settings.sizes()) {
        endToEnd(size, "fp32");
        endToEnd(size, "bf16");
      }
    }
    if (settings.parts().contains(Part.GROWTH)) {
      screen.accept("growth of cost");
      results.growth.addAll(GrowthRun.run(children, settings.seconds()));
      results.save();
    }
    if (settings.parts().contains(Part.EPOCHS)) {
      screen.accept("memory over epochs");
      results.growth.addAll(GrowthRun.epochs(children));
    }
    peaks();
    results.save();
  }

  private void tasks(NetworkAtSize network) throws IOException {
    TaskRun run = new TaskRun(children, settings.rounds(), settings.seconds());
    for (Work work : Work.values()) {
      for (int batch : work == Work.CALLERS ? List.of(1) : settings.batches()) {
        Task task = new Task(network.network(), network.size(), work, batch);
        say("%s at %d, %s, batch %d", task.network(), task.size(), work.title(), batch);
        for (Timing timing : run.run(task, settings.able(work))) {
          results.timings.add(timing);
          List<Double> sorted = timing.imagesPerSecond().stream().sorted().toList();
          say(
              "    %-45s %9.1f images/s",
              timing.contender().title(), sorted.get(sorted.size() / 2));
        }
        results.save();
      }
    }
  }

  private void peaks() throws IOException {
    try (ChildProcess process = children.start(Contender.NIN4J_FP32, PeakChild.class)) {
      for (String[] words : process.allAnswers()) {
        if (words[0].equals(PeakChild.ENGINE)) {
          String all = String.join(" ", words);
          results.machine.put(PeakChild.ENGINE, all.substring(words[0].length() + 1));
        } else {
          results
              .peaks
              .computeIfAbsent(words[0], key -> new ArrayList<>())
              .add(Double.parseDouble(words[1]));
        }
      }
    }
  }

  private void endToEnd(int size, String precision) throws IOException {
    Task task = new Task("nin", size, Work.TRAINING, BATCH);
    say("end to end, nin at %d in %s", size, precision);
    int steps = size > 128 ? 6 : 20;
    steps *= precision.equals("bf16") ? 3 : 1; // these are a third as long at most
    List<Double> training = new ArrayList<>();
    List<Double> plan = new ArrayList<>();
    try (ChildProcess process =
        children.start(
            Contender.NIN4J_FP32,
            EndToEndChild.class,
            task.network(),
            Integer.toString(size),
            Integer.toString(task.batch()),
            precision.toUpperCase(Locale.ROOT),
            Integer.toString(settings.rounds()),
            Integer.toString(steps))) {
      for (String[] words : process.allAnswers()) {
        training.add(Double.parseDouble(words[0]));
        plan.add(Double.parseDouble(words[1]));
      }
    }
    if (training.size() < settings.rounds()) {
      throw new IOException("the training end to end has failed; its output is above");
    }
    results.endToEnd.add(new EndToEnd(task, precision, training, plan));
    results.save();
  }

  private void say(String format, Object... values) {
    screen.accept(String.format(Locale.ROOT, format, values));
  }
}
