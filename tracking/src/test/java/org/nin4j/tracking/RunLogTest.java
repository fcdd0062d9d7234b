package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.Recipe;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingException;
import org.nin4j.train.schedule.Schedule;

/** What log.txt says. */
class RunLogTest {
  private static final Recipe RECIPE = TinyTask.recipe().with(r -> r.epochs(2));
  private static final Engine ENGINE = Engines.reference();
  private static final Logger ROOT = Logger.getLogger("org.nin4j");
  private static final Logger LIBRARY = Logger.getLogger("org.nin4j.somewhere");
  private static final Logger OTHERS = Logger.getLogger("org.others");
  private static final String EPOCH =
      "epoch \\d, training loss \\d\\.\\d{4} accuracy \\d\\.\\d{4}, test loss \\d\\.\\d{4} accuracy"
          + " \\d\\.\\d{4}, \\d+\\.\\d images/s";

  @TempDir Path temp;

  @BeforeEach
  void printNothing() {
    ROOT.setUseParentHandlers(false);
    OTHERS.setUseParentHandlers(false);
  }

  @AfterEach
  void printAgain() {
    ROOT.setUseParentHandlers(true);
    OTHERS.setUseParentHandlers(true);
  }

  private RunFolder folder() throws IOException {
    return RunFolder.create(temp.resolve("run"));
  }

  /** The lines without their times. */
  private List<String> lines() throws IOException {
    return Files.readAllLines(temp.resolve("run/log.txt")).stream().map(RunLogTest::text).toList();
  }

  private static String text(String line) {
    int space = line.indexOf(' ');
    OffsetDateTime.parse(line.substring(0, space)); // or an exception
    return line.substring(space + 1);
  }

  private static void assertLines(List<String> patterns, List<String> lines) {
    assertEquals(patterns.size(), lines.size(), String.join("\n", lines));
    for (int i = 0; i < lines.size(); i++) {
      assertTrue(lines.get(i).matches(patterns.get(i)), lines.get(i));
    }
  }

  @Test
  void aTrainingHasALineForItsStartItsSetupEachEpochAndEachCheckpoint() throws IOException {
    TinyTask.trainer(RECIPE).store(folder()).train();
    assertLines(
        List.of(
            "training started, NiN4J .+",
            "network tiny, \\d+ parameters, images .*8x8.*",
            "data .*, 3 classes, 50 training, 21 test images",
            "recipe tiny: .*, learning rate 0\\.02, batch size 8, 2 epochs, seed 1, fp32",
            "engine .*",
            "checkpoint saved after epoch 1",
            EPOCH,
            "checkpoint saved after epoch 2",
            EPOCH,
            "training completed"),
        lines());
  }

  @Test
  void aResumedTrainingContinuesTheLog() throws IOException {
    StopAfter.steps(TinyTask.BATCHES + 2).run(TinyTask.trainer(RECIPE).store(folder()));
    List<String> before = lines();
    assertEquals("checkpoint saved after step 2 of epoch 2", before.get(before.size() - 2));
    assertEquals("training stopped before its end", before.get(before.size() - 1));
    Files.writeString(temp.resolve("run/log.txt"), "\0cut o", StandardOpenOption.APPEND);
    RunFolder.open(temp.resolve("run")).trainer(ENGINE, TinyTask.data()).train();
    List<String> all = Files.readAllLines(temp.resolve("run/log.txt"));
    assertEquals("\0cut o", all.get(before.size()));
    assertEquals("training resumed (resume 1)", text(all.get(before.size() + 1)));
    assertEquals("training completed", text(all.get(all.size() - 1)));
  }

  @Test
  void theBestModelWarningsAndTheLibrarysMessagesAreInTheLogWhileTheTrainingRuns()
      throws IOException {
    DatasetSplits data =
        new DatasetSplits(TinyTask.data().train(), TinyTask.data().test(), Optional.empty());
    LIBRARY.warning("too early");
    new Trainer(ENGINE, TinyTask.network(), data, RECIPE.with(r -> r.epochs(1)))
        .store(folder())
        .listen(
            event -> {
              if (event instanceof TrainingEvent.Started) {
                LIBRARY.log(Level.WARNING, "two\n  lines about {0}", "an engine");
                LIBRARY.fine("details");
                OTHERS.warning("theirs");
                throw new IOException("out of paper");
              }
            })
        .train();
    LIBRARY.warning("too late");
    List<String> lines = lines();
    assertEquals("warning: two lines about an engine", lines.get(5));
    assertTrue(
        lines.get(6).matches("warning: the listener .* failed .* \\(out of paper\\)"),
        lines.get(6));
    assertTrue(lines.contains("the best validation score is that of epoch 1"), lines.toString());
    assertTrue(lines.get(8).contains(", validation loss "), lines.get(8));
    for (String other : List.of("too early", "too late", "details", "theirs")) {
      assertTrue(lines.stream().noneMatch(line -> line.contains(other)), other);
    }
  }

  @Test
  void aFailureIsTheLastLine() throws IOException {
    Recipe diverging =
        TinyTask.with(RECIPE, new OptimizerConfig.Sgd(0, false, 0.5f), Schedule.constant(1e30));
    TrainingException e =
        assertThrows(
            TrainingException.class, () -> TinyTask.trainer(diverging).store(folder()).train());
    List<String> lines = lines();
    assertEquals("training failed: " + e.getMessage(), lines.get(lines.size() - 1));
  }

  @Test
  void aLogThatCannotBeWrittenEndsTheTrainingAfterItsNextCheckpoint() throws IOException {
    RunFolder folder = folder();
    Trainer trainer =
        TinyTask.trainer(RECIPE)
            .store(folder)
            .listen(
                event -> {
                  if (event instanceof TrainingEvent.Started) {
                    Files.move(folder.log(), temp.resolve("away"));
                    Files.createDirectory(folder.log());
                    LIBRARY.warning("lost for now");
                  }
                });
    IOException e = assertThrows(IOException.class, trainer::train);
    assertTrue(e.getMessage().startsWith(folder.log() + ": cannot be written"), e.getMessage());
    assertTrue(folder.newestCheckpoint().isPresent());
    assertEquals(
        RunProgress.Status.FAILED, RunFolder.open(folder.path()).record().progress().status());
    Files.delete(folder.log());
    Files.move(temp.resolve("away"), folder.log());
    RunFolder.open(folder.path()).trainer(ENGINE, TinyTask.data()).train();
    assertTrue(RunFolder.open(folder.path()).isComplete());
  }
}
