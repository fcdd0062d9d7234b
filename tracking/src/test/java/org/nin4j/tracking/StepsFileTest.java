package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.train.Recipe;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent;

/** steps.csv of a training that is stopped and resumed. */
class StepsFileTest {
  private static final Recipe RECIPE = TinyTask.recipe().with(r -> r.epochs(3));
  private static final int STOP = TinyTask.BATCHES + 3;

  @TempDir Path temp;
  private List<StepMetrics> straight;
  private Path run;
  private Path file;

  @BeforeEach
  void stopATraining() throws IOException {
    Path whole = temp.resolve("whole");
    TinyTask.trainer(RECIPE).store(RunFolder.create(whole)).train();
    straight = steps(whole.resolve("steps.csv"));
    run = temp.resolve("run");
    file = run.resolve("steps.csv");
    StopAfter.steps(STOP).run(TinyTask.trainer(RECIPE).store(RunFolder.create(run)));
  }

  /** Without the speed. */
  private static List<StepMetrics> steps(Path file) throws IOException {
    return StepsCsv.read(file).stream()
        .map(
            s ->
                new StepMetrics(
                    s.epoch(), s.step(), s.loss(), s.learningRate(), s.gradientNorm(), 0))
        .toList();
  }

  /** Resumes the training to its end, and returns its warnings. */
  private List<String> resume() throws IOException {
    List<String> warnings = new ArrayList<>();
    trainer(warnings).train();
    return warnings;
  }

  private Trainer trainer(List<String> warnings) throws IOException {
    return RunFolder.open(run)
        .trainer(Engines.reference(), TinyTask.data())
        .listen(
            event -> {
              if (event instanceof TrainingEvent.Warning warning) {
                warnings.add(warning.message());
              }
            });
  }

  @Test
  void theStepsUpToTheStopAreInTheFile() throws IOException {
    assertEquals(3 * TinyTask.BATCHES, straight.size());
    assertEquals(straight.subList(0, STOP), steps(file));
  }

  @Test
  void linesAfterTheCheckpointAreDroppedWholeOrTorn() throws IOException {
    String line = StepsCsv.line(new StepMetrics(2, 4, 9, 9, 9, 9));
    for (String more : List.of("", line, line + line.substring(0, 5), "2,", "2,4,9\n", "\0\0")) {
      String before = Files.readString(file);
      Files.writeString(file, more, StandardOpenOption.APPEND);
      assertTrue(
          StopAfter.steps(1).run(trainer(new ArrayList<>())).interrupted(), "stopped after a step");
      List<StepMetrics> steps = steps(file);
      assertEquals(straight.subList(0, steps.size()), steps, more);
      assertEquals(before.lines().count() + 1, Files.readString(file).lines().count(), more);
    }
    assertEquals(List.of(), resume());
    assertEquals(straight, steps(file));
  }

  @Test
  void linesThatAreMissingBeforeTheCheckpointAreAWarning() throws IOException {
    List<String> lines = Files.readAllLines(file);
    Files.writeString(file, String.join("\n", lines.subList(0, lines.size() - 4)) + "\n");
    assertEquals(
        List.of(file + ": the lines of 4 steps before the checkpoint are missing"), resume());
    List<StepMetrics> expected = new ArrayList<>(straight);
    expected.subList(STOP - 4, STOP).clear();
    assertEquals(expected, steps(file));
  }

  @Test
  void aFileThatIsGoneOrNotOneOfStepsIsStartedAnew() throws IOException {
    Files.writeString(file, "not steps\n");
    assertEquals(
        List.of(file + ": the lines of " + STOP + " steps before the checkpoint are missing"),
        resume());
    assertEquals(straight.subList(STOP, straight.size()), steps(file));
  }

  @Test
  void linesThatCannotBeWrittenEndTheTrainingAfterItsCheckpoint() throws IOException {
    Path away = temp.resolve("away");
    IOException e =
        assertThrows(
            IOException.class,
            () ->
                trainer(new ArrayList<>())
                    .listen(
                        event -> {
                          if (event instanceof TrainingEvent.Started) {
                            Files.move(file, away);
                            Files.createDirectory(file);
                          }
                        })
                    .train());
    assertTrue(e.getMessage().startsWith(file + ": cannot be written"), e.getMessage());
    assertEquals(
        "checkpoint-0002-000000.safetensors",
        RunFolder.open(run).newestCheckpoint().orElseThrow().getFileName().toString());
    Files.delete(file);
    Files.move(away, file);
    assertEquals(
        List.of(file + ": the lines of 4 steps before the checkpoint are missing"), resume());
  }
}
