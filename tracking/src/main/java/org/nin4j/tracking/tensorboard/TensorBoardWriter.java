package org.nin4j.tracking.tensorboard;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.nin4j.data.ImageDataset;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.CheckpointSaved;
import org.nin4j.train.TrainingEvent.Ended;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.Failed;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingEvent.StepDone;
import org.nin4j.train.TrainingListener;

/**
 * Writes a training to an event file that TensorBoard shows, while the training runs and later:
 * {@code tensorboard --logdir runs}. It contains
 *
 * <ul>
 *   <li>for each step: {@code train/loss}, {@code train/gradient_norm}, {@code
 *       train/images_per_second} and {@code learning_rate};
 *   <li>for each epoch: {@code epoch}, {@code train/epoch_loss}, {@code train/epoch_accuracy},
 *       {@code val/loss} and {@code val/accuracy}, {@code test/loss} and {@code test/accuracy} if
 *       these images were used, and a histogram {@code weights/NAME} of each parameter;
 *   <li>once: the recipe as a text, the hyperparameters, and as {@code images/CLASS} the first
 *       image of each class among the first 64 that the network saw.
 * </ul>
 *
 * <p>The step of each is the number of steps done since the start of the training, from 1; for an
 * epoch, after its last step. A training that is resumed writes another file, which replaces in the
 * curves the steps that are done again.
 *
 * <p>The file is created at the first step. What it contains is handed to the operating system
 * after each epoch and checkpoint, and after a step at least 10 seconds after the last time.
 */
public final class TensorBoardWriter implements TrainingListener {
  private static final String FILE_VERSION = "brain.Event:2";
  private static final int SESSION_START = 1;
  private static final long FLUSH_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Path folder;
  private final Optional<ImageDataset> images;
  private final LongSupplier nanoTime;

  private Optional<Started> started = Optional.empty();
  private Optional<EventFile> file = Optional.empty();
  private long steps;
  private long flushed;

  /**
   * Creates a writer that writes no images.
   *
   * @param folder the folder of the event files, after which TensorBoard names the run. It is
   *     created unless it exists
   */
  public TensorBoardWriter(Path folder) {
    this(folder, Optional.empty(), System::nanoTime);
  }

  /**
   * Creates a writer.
   *
   * @param folder the folder of the event files, after which TensorBoard names the run. It is
   *     created unless it exists
   * @param images the images that the training trains on
   */
  public TensorBoardWriter(Path folder, ImageDataset images) {
    this(folder, Optional.of(images), System::nanoTime);
  }

  /**
   * @param nanoTime the clock that decides when to flush, in nanoseconds
   */
  TensorBoardWriter(Path folder, Optional<ImageDataset> images, LongSupplier nanoTime) {
    this.folder = folder;
    this.images = images;
    this.nanoTime = nanoTime;
  }

  @Override
  public String name() {
    return "the event file for TensorBoard";
  }

  @Override
  public void on(TrainingEvent event) throws IOException {
    boolean written = false;
    try {
      write(event);
      written = true;
    } finally {
      if (!written || event instanceof Ended || event instanceof Failed) {
        close();
      }
    }
  }

  private void write(TrainingEvent event) throws IOException {
    if (event instanceof Started start) {
      started = Optional.of(start);
      steps = start.steps();
    } else if (event instanceof StepDone step) {
      if (file.isEmpty()) {
        open();
      }
      steps++;
      write(EventSummaries.of(step));
      if (nanoTime.getAsLong() - flushed >= FLUSH_NANOS) {
        flush();
      }
    } else if (event instanceof EpochDone epoch) {
      Summary summary = EventSummaries.of(epoch);
      if (epoch.metrics().epoch() == 1 && images.isPresent()) {
        EventSummaries.addImages(
            summary, images.get(), epoch.model().preprocessing(), started.orElseThrow().setup());
      }
      write(summary);
      flush();
    } else if (event instanceof CheckpointSaved) {
      flush();
    } else if (event instanceof Ended ended && file.isPresent() && !ended.interrupted()) {
      write(EventSummaries.ofEnd(wallTime()));
    }
  }

  /** Creates the file of a training that has been started or resumed. */
  private void open() throws IOException {
    file = Optional.of(EventFile.createIn(folder));
    flushed = nanoTime.getAsLong();
    file.get()
        .write(
            new ProtoMessage()
                .real(1, wallTime())
                .text(3, FILE_VERSION)
                .message(10, new ProtoMessage().text(1, getClass().getPackageName())));
    // TensorBoard drops what earlier files contain from the step of this event on. It ignores the
    // first such event of a run, so that even a run that is never resumed needs one.
    long firstStep = steps == 0 ? 0 : steps + 1;
    file.get().write(event(firstStep).message(7, new ProtoMessage().integer(1, SESSION_START)));
    if (steps == 0) {
      write(EventSummaries.ofStart(started.orElseThrow().setup(), wallTime()));
    }
  }

  private void write(Summary summary) throws IOException {
    file.orElseThrow().write(event(steps).message(5, summary.message()));
  }

  private static ProtoMessage event(long step) {
    return new ProtoMessage().real(1, wallTime()).integer(2, step);
  }

  private void flush() throws IOException {
    if (file.isPresent()) {
      file.get().flush();
      flushed = nanoTime.getAsLong();
    }
  }

  private void close() throws IOException {
    if (file.isPresent()) {
      EventFile closed = file.get();
      file = Optional.empty();
      closed.close();
    }
  }

  /** Returns the time in seconds since 1970. */
  private static double wallTime() {
    return System.currentTimeMillis() / 1e3;
  }
}
