package org.nin4j.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Progress;
import org.nin4j.train.Score;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.Ended;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.Failed;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingEvent.StepDone;
import org.nin4j.train.TrainingListener;

/** Shows the progress of a training: a line for each epoch, and on a terminal a progress bar. */
final class ProgressBar implements TrainingListener {
  private static final int WIDTH = 10;

  private final PrintWriter out;
  private final StatusLine line;
  private int epochs;

  /**
   * Creates a progress bar.
   *
   * @param terminal whether the output is a terminal
   */
  ProgressBar(PrintWriter out, boolean terminal) {
    this.out = out;
    line = new StatusLine(out, terminal);
  }

  @Override
  public void on(TrainingEvent event) {
    if (event instanceof Started started) {
      epochs = started.setup().recipe().epochs();
    } else if (event instanceof StepDone step) {
      show(step.progress());
    } else if (event instanceof EpochDone done) {
      print(done.metrics());
    } else if (event instanceof Ended || event instanceof Failed) {
      clear();
    }
  }

  private void show(Progress progress) {
    boolean edge = progress.batch() == 1 || progress.batch() == progress.batches();
    int done = WIDTH * progress.batch() / progress.batches();
    line.show(
        edge,
        () ->
            String.format(
                Locale.ROOT,
                "epoch %s [%s%s]  loss %.4f  accuracy %.4f  %s images/s  %s left",
                number(progress.epoch()),
                "=".repeat(done),
                ".".repeat(WIDTH - done),
                progress.loss(),
                progress.accuracy(),
                rate(progress.imagesPerSecond()),
                duration(progress.secondsLeft())));
  }

  private void print(EpochMetrics epoch) {
    clear();
    out.printf(
        Locale.ROOT,
        "epoch %s  %s%s%s  %s images/s%n",
        number(epoch.epoch()),
        text("", epoch.train()),
        epoch.validation().map(score -> text("  val ", score)).orElse(""),
        epoch.test().map(score -> text("  test ", score)).orElse(""),
        rate(epoch.imagesPerSecond()));
    out.flush();
  }

  private static String text(String images, Score score) {
    return String.format(
        Locale.ROOT,
        "%sloss %.4f  %saccuracy %.4f",
        images,
        score.loss(),
        images.stripLeading(),
        score.accuracy());
  }

  /** Erases the progress bar, so that something else can be printed. */
  void clear() {
    line.clear();
  }

  private String number(int epoch) {
    int digits = Integer.toString(epochs).length();
    return String.format(Locale.ROOT, "%" + digits + "d/%d", epoch, epochs);
  }

  /** Formats a number of images per second. */
  static String rate(double imagesPerSecond) {
    return String.format(Locale.ROOT, imagesPerSecond < 100 ? "%.1f" : "%.0f", imagesPerSecond);
  }

  /** Formats a duration as {@code 1:23:45} or {@code 4:05}. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    String minutesAndSeconds =
        String.format(
            Locale.ROOT, whole < 3600 ? "%d:%02d" : "%02d:%02d", whole / 60 % 60, whole % 60);
    return whole < 3600 ? minutesAndSeconds : whole / 3600 + ":" + minutesAndSeconds;
  }
}
