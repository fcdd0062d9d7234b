package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.tracking.report.PageData;
import org.nin4j.tracking.report.RunReport;
import org.nin4j.tracking.tensorboard.Curves;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.TinyTask;

/**
 * A training whose process is killed again and again, at random moments, leaves the folder that it
 * would have left without. The number of kills is the property {@code nin4j.kills}.
 */
class KilledTrainingTest {
  private static final int KILLS = Integer.getInteger("nin4j.kills", 4);
  private static final int LONGEST_MILLISECONDS = 400;
  private static final String LOSS = "train/loss";
  private static final int SECONDS_TO_END = 120;

  @TempDir Path temp;

  /** Starts a process and kills it some time after its first step, unless it ends before. */
  private static boolean isKilled(Path run, int milliseconds) throws Exception {
    Process process = start(run);
    try {
      process.inputReader(StandardCharsets.UTF_8).readLine();
      boolean ended = process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
      if (ended) {
        assertEquals(0, process.exitValue());
      }
      return !ended;
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static Process start(Path run) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            TrainInFolder.class.getName(),
            run.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  /**
   * Without the event files, one for each process, and without the profile of the last process,
   * which may have had no step to do.
   */
  private static List<String> names(Path run) throws IOException {
    try (Stream<Path> files = Files.list(run)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.contains("tfevents") && !name.equals("profile.json"))
          .sorted()
          .toList();
    }
  }

  /** Without the speed. */
  private static List<StepMetrics> steps(Path run) throws IOException {
    return StepsCsv.read(RunFolder.open(run).steps()).stream()
        .map(
            s ->
                new StepMetrics(
                    s.epoch(), s.step(), s.loss(), s.learningRate(), s.gradientNorm(), 0))
        .toList();
  }

  /** Without the speed. */
  private static List<EpochMetrics> metrics(Path run) throws IOException {
    return MetricsCsv.read(RunFolder.open(run).metrics()).stream()
        .map(m -> new EpochMetrics(m.epoch(), m.train(), m.validation(), m.test(), 0))
        .toList();
  }

  private static void assertSameFile(Path expected, Path found, String when) throws IOException {
    assertArrayEquals(Files.readAllBytes(expected), Files.readAllBytes(found), when);
  }

  /**
   * The steps of the event files are those of the whole run, but for those that a kill has lost.
   */
  private static void assertEvents(Path whole, Path run, int kills) throws IOException {
    List<Long> all = Curves.inFolder(whole).steps(LOSS);
    List<Float> losses = Curves.inFolder(whole).scalars(LOSS);
    List<Long> steps = Curves.inFolder(run).steps(LOSS);
    List<Float> found = Curves.inFolder(run).scalars(LOSS);
    for (int i = 0; i < steps.size(); i++) {
      assertTrue(i == 0 || steps.get(i) > steps.get(i - 1), steps.toString());
      assertEquals(losses.get(all.indexOf(steps.get(i))), found.get(i), "step " + steps.get(i));
    }
    // A kill between a checkpoint and the next event loses the events of the epoch in memory.
    int lost = all.size() - steps.size();
    assertTrue(lost <= kills * TinyTask.BATCHES, lost + " of " + all.size() + " steps lost");
  }

  private static void assertReport(Path run, List<EpochMetrics> metrics) throws IOException {
    JsonNode page = PageData.of(RunReport.file(RunFolder.open(run)));
    JsonNode epochs = page.path("curves").path("epochs");
    assertEquals(metrics.size(), epochs.size());
    for (EpochMetrics epoch : metrics) {
      JsonNode shown = epochs.path(epoch.epoch() - 1);
      assertEquals(epoch.train().loss(), shown.path("train_loss").asDouble());
      assertEquals(epoch.evaluation().accuracy(), shown.path("val_accuracy").asDouble());
    }
    int images = 0;
    int correct = 0;
    for (JsonNode cell : page.path("evaluation").path("confusion")) {
      images += cell.path(2).asInt();
      correct += cell.path(0).equals(cell.path(1)) ? cell.path(2).asInt() : 0;
    }
    EpochMetrics last = metrics.get(metrics.size() - 1);
    assertEquals(last.evaluation().accuracy(), correct / (double) images, 1e-6);
  }

  @Test
  void aTrainingThatIsKilledAtAnyMomentLosesAndDoublesNothing() throws Exception {
    Path whole = temp.resolve("whole");
    RunFolder folder = RunFolder.create(whole);
    TrainInFolder.listened(TrainInFolder.trainer().store(folder), folder).train();
    Random random = new Random(13);
    int kills = 0;
    for (int attempt = 0; kills < KILLS; attempt++) {
      Path run = temp.resolve("killed-" + attempt);
      int before = kills;
      while (kills < KILLS && isKilled(run, random.nextInt(LONGEST_MILLISECONDS))) {
        kills++;
      }
      Process last = start(run);
      assertTrue(last.waitFor(SECONDS_TO_END, TimeUnit.SECONDS));
      assertEquals(0, last.exitValue());
      String when = (kills - before) + " kills";
      assertSameFile(RunFolder.open(whole).model(), RunFolder.open(run).model(), when);
      assertSameFile(RunFolder.open(whole).bestModel(), RunFolder.open(run).bestModel(), when);
      assertEquals(steps(whole), steps(run), when);
      assertEquals(metrics(whole), metrics(run), when);
      assertEquals(names(whole), names(run), when);
      assertTrue(RunFolder.open(run).isComplete(), when);
      assertEvents(whole, run, kills - before);
      assertReport(run, metrics(run));
    }
  }
}
