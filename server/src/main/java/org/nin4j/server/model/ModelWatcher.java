package org.nin4j.server.model;

import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Loads models again when their files have changed, on a thread of its own. It looks at size, time
 * and identity of each file; one that has changed is loaded when it was the same for two looks, so
 * that it is not read while it is being written. The model that answers stays when the new one
 * cannot be loaded, which is logged once for each content, and when the file is gone.
 *
 * <p>The safest way to replace a file is to write another one beside it and to move it there.
 */
public final class ModelWatcher implements AutoCloseable {
  private final ModelRepository models;
  private final Duration interval;
  private final System.Logger log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread;

  /** What the files were at the last look, by the names of the models. */
  private final Map<String, Optional<FileStamp>> seen = new HashMap<>();

  /**
   * Begins to watch.
   *
   * @param models whose files to watch
   * @param interval how long to wait between two looks, at least a millisecond
   * @param log receives one sentence for each model that was loaded or could not be
   * @throws IllegalArgumentException when the interval is too short
   */
  public ModelWatcher(ModelRepository models, Duration interval, System.Logger log) {
    if (interval.toMillis() < 1) {
      throw new IllegalArgumentException(
          "the time between two looks at the files must be at least a millisecond, but is "
              + interval);
    }
    this.models = Objects.requireNonNull(models, "models");
    this.interval = interval;
    this.log = Objects.requireNonNull(log, "log");
    thread = new Thread(this::watch, "nin4j-server-reload");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      while (!closed.await(interval.toMillis(), TimeUnit.MILLISECONDS)) {
        look();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Looks once. */
  void look() {
    models.models().forEach(this::look);
  }

  private void look(ServedModel model) {
    Optional<FileStamp> now = FileStamp.of(model.source());
    Optional<FileStamp> before = seen.put(model.name(), now);
    boolean changed = now.isPresent() && !now.equals(model.attempted());
    if (changed && now.equals(before)) {
      reload(model);
    }
  }

  private void reload(ServedModel model) {
    String name = model.name();
    try {
      if (models.reload(name)) {
        String sha256 = model.current().source().sha256();
        log.log(System.Logger.Level.INFO, name + ": loaded the new file, SHA-256 " + sha256);
      }
    } catch (IOException | RuntimeException | OutOfMemoryError e) {
      log.log(
          System.Logger.Level.WARNING,
          name + ": the model that was loaded goes on, as the new file cannot be: " + reason(e));
    }
  }

  private static String reason(Throwable e) {
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /** Stops watching; waits for a model that is being loaded. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
