package org.nin4j.tracking.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.tracking.RunFolder;
import org.nin4j.train.KillAfter;
import org.nin4j.train.Recipe;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.tensorflow.util.Event;

/** The curves of a training that was interrupted are those of one that was not. */
class ResumedEventsTest {
  private static final Recipe RECIPE = TinyTask.recipe().with(r -> r.epochs(3));
  private static final int STEPS = 3 * TinyTask.BATCHES;

  @TempDir Path temp;

  private Trainer start(String name) throws IOException {
    Path run = temp.resolve(name);
    return TinyTask.trainer(RECIPE)
        .store(RunFolder.create(run))
        .listen(new TensorBoardWriter(run, TinyTask.data().train()));
  }

  private void resume(String name) throws IOException {
    Path run = temp.resolve(name);
    RunFolder.open(run)
        .trainer(Engines.reference(), TinyTask.data())
        .listen(new TensorBoardWriter(run, TinyTask.data().train()))
        .train();
  }

  private void assertSameCurves(String expected, String found) throws IOException {
    Curves straight = Curves.inFolder(temp.resolve(expected));
    Curves resumed = Curves.inFolder(temp.resolve(found));
    assertEquals(
        LongStream.rangeClosed(1, STEPS).boxed().toList(), resumed.steps("train/loss"), found);
    for (String tag :
        List.of("train/loss", "train/gradient_norm", "learning_rate", "epoch", "test/accuracy")) {
      assertEquals(straight.points(tag), resumed.points(tag), found + ": " + tag);
    }
    String weights = straight.tags("weights/").get(0);
    assertEquals(straight.points(weights), resumed.points(weights), found);
    assertEquals(straight.tags(""), resumed.tags(""), found);
    assertEquals(1, resumed.points("recipe").size(), found);
    assertEquals(1, resumed.points("images/none").size(), found);
  }

  @Test
  void stepsThatAreDoneAgainReplaceThoseBefore() throws IOException {
    start("straight").train();
    for (int step : List.of(3, TinyTask.BATCHES, TinyTask.BATCHES + 3, STEPS)) {
      String name = "killed-" + step;
      KillAfter.steps(step).run(start(name));
      List<Event> killed = TfRecords.inFolder(temp.resolve(name));
      assertEquals(step, Curves.of(killed).steps("train/loss").size());
      resume(name);
      assertEquals(2, TfRecords.files(temp.resolve(name)).size());
      assertSameCurves("straight", name);
    }
  }

  @Test
  void aTrainingThatWasStoppedWithinAnEpochGoesOnAtTheNextStep() throws IOException {
    start("straight").train();
    StopAfter.steps(TinyTask.BATCHES + 2).run(start("stopped"));
    Curves stopped = Curves.inFolder(temp.resolve("stopped"));
    assertEquals(List.of(), stopped.tags("_hparams_/session_end_info"));
    resume("stopped");
    List<Path> files = TfRecords.files(temp.resolve("stopped"));
    Event start = TfRecords.events(Files.readAllBytes(files.get(1))).get(1);
    assertTrue(start.hasSessionLog());
    assertEquals(TinyTask.BATCHES + 3, start.getStep());
    assertSameCurves("straight", "stopped");
  }

  @Test
  void aTrainingThatIsCompleteWritesNoFurtherFile() throws IOException {
    start("run").train();
    resume("run");
    assertEquals(1, TfRecords.files(temp.resolve("run")).size());
  }
}
