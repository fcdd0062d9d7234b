package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.data.DataSource;
import org.nin4j.data.FilesLeftOut;
import org.nin4j.engine.Precision;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.ImageResult;
import org.nin4j.nn.Networks;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.ImageCounts;
import org.nin4j.train.Progress;
import org.nin4j.train.Recipe;
import org.nin4j.train.Score;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.StepDone;
import org.nin4j.train.TrainingSetup;

class ProgressBarTest {
  private static final EpochMetrics EPOCH =
      new EpochMetrics(
          2, new Score(0.5, 0.75), Optional.empty(), Optional.of(new Score(0.25, 0.875)), 432.4);
  private static final String EPOCH_LINE =
      "epoch  2/10  loss 0.5000  accuracy 0.7500  test loss 0.2500  test accuracy 0.8750"
          + "  432 images/s";

  private final StringWriter out = new StringWriter();

  private ProgressBar bar(boolean terminal) {
    ProgressBar bar = new ProgressBar(new PrintWriter(out), terminal);
    Recipe recipe = Recipe.DEFAULT.with(r -> r.epochs(10));
    TrainingSetup setup =
        new TrainingSetup(
            Networks.NIN.build(), recipe, 1, Precision.FP32, new DataSource("data"), "fingerprint");
    ImageCounts images = new ImageCounts(1, OptionalInt.empty(), OptionalInt.of(1), List.of());
    bar.on(new TrainingEvent.Started(setup, "engine", images, FilesLeftOut.NONE, List.of(), 0));
    return bar;
  }

  private static StepDone after(int batch) {
    return done(new Progress(2, 10, batch, 4, 0.5, 0.75, 99.94, 3725));
  }

  private static StepDone done(Progress progress) {
    return new StepDone(progress, progress.loss(), 0.1, 1);
  }

  private static EpochDone epochDone() {
    Evaluation evaluation =
        new Evaluation(List.of("cat"), List.of(new ImageResult(0, 0, 0, 1, 1, 0)));
    return new EpochDone(List.of(EPOCH), evaluation, null);
  }

  /** Returns what a terminal shows at the end; a carriage return overwrites the line. */
  private String shown() {
    String text = out.toString().replaceAll("\u001b\\[[?0-9]*[a-zA-Z]", "");
    return text.substring(text.lastIndexOf('\r') + 1).stripTrailing();
  }

  @Test
  void withoutATerminalThereIsOneLinePerEpochAndNothingElse() {
    ProgressBar bar = bar(false);
    bar.on(after(1));
    bar.on(after(4));
    assertEquals("", out.toString());
    bar.on(epochDone());
    assertEquals(EPOCH_LINE + System.lineSeparator(), out.toString());
  }

  @Test
  void onATerminalTheBarShowsLossAccuracyRateAndTimeLeft() {
    bar(true).on(after(4));
    assertEquals(
        "epoch  2/10 [==========]  loss 0.5000  accuracy 0.7500  99.9 images/s  1:02:05 left",
        shown());
  }

  @Test
  void theBarGrowsWithTheEpoch() {
    bar(true).on(after(1));
    assertTrue(shown().startsWith("epoch  2/10 [==........]"), shown());
  }

  @Test
  void batchesInQuickSuccessionAreNotAllShown() {
    ProgressBar bar = bar(true);
    bar.on(done(new Progress(1, 10, 1, 1000, 0, 0, 1, 1)));
    int length = out.toString().length();
    bar.on(done(new Progress(1, 10, 2, 1000, 0, 0, 1, 1)));
    assertEquals(length, out.toString().length());
  }

  @Test
  void theLineOfAnEpochReplacesTheBar() {
    ProgressBar bar = bar(true);
    bar.on(after(4));
    bar.on(epochDone());
    assertEquals(EPOCH_LINE, shown());
  }

  @Test
  void theLineNeverWrapsAndTheTerminalWrapsAgainAfterIt() {
    bar(true).on(after(4));
    assertTrue(out.toString().startsWith("\r\u001b[?7l"));
    assertTrue(out.toString().endsWith("\u001b[?7h"));
  }

  @Test
  void aClearedBarLeavesNothing() {
    ProgressBar bar = bar(true);
    bar.clear();
    assertEquals("", out.toString());
    bar.on(after(4));
    bar.clear();
    assertEquals("", shown());
  }

  @ParameterizedTest
  @CsvSource({"0.4, 0:00", "59.6, 1:00", "245, 4:05", "3599, 59:59", "3600, 1:00:00"})
  void durationsHaveMinutesAndSecondsAndHoursIfThereAreAny(double seconds, String text) {
    assertEquals(text, ProgressBar.duration(seconds));
  }
}
