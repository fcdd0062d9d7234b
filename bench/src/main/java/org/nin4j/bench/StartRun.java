package org.nin4j.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Start;
import org.nin4j.bench.rival.ChildProcess;
import org.nin4j.bench.rival.FirstPrediction;

/** From the start of a process to its first prediction, contenders in turn. */
final class StartRun {
  private StartRun() {}

  /** The first try of each is not counted: it unpacks what later ones find. */
  static List<Start> run(Children children, List<Contender> contenders, int rounds, Path folder)
      throws Exception {
    Files.createDirectories(folder);
    FirstPrediction.prepare(folder);
    Map<Contender, List<Double>> seconds = new EnumMap<>(Contender.class);
    for (int round = -1; round < rounds; round++) {
      for (Contender contender : contenders) {
        TaskRun.pause();
        long begin = System.nanoTime();
        try (ChildProcess process =
            children.start(contender, FirstPrediction.class, contender.name(), folder.toString())) {
          process.answer("with a prediction");
          double taken = (System.nanoTime() - begin) / 1e9;
          if (round >= 0) {
            seconds.computeIfAbsent(contender, key -> new ArrayList<>()).add(taken);
          }
        }
      }
    }
    List<Start> starts = new ArrayList<>();
    for (Contender contender : contenders) {
      starts.add(new Start(contender, seconds.get(contender), children.library().bytes(contender)));
    }
    return starts;
  }
}
