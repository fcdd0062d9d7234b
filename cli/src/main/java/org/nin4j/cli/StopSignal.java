package org.nin4j.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a request to stop, and keeps the JVM alive until the training has
 * been saved.
 */
final class StopSignal implements AutoCloseable {
  private static final long SECONDS_IN_SILENCE = 1;
  private static final long SECONDS_TO_SAVE = 120;
  private static final int INTERRUPTED = 130; // 128 + SIGINT, as shells report it

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Runnable stop;
  private final Thread hook;

  StopSignal(Runnable stop) {
    this.stop = stop;
    hook = new Thread(this::stopAndWait, "nin-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  private void stopAndWait() {
    stop.run();
    try {
      if (saved.await(SECONDS_IN_SILENCE, TimeUnit.SECONDS)) {
        return;
      }
      System.err.println("\nnin: stopping after the current work is done and saved");
      if (!saved.await(SECONDS_TO_SAVE, TimeUnit.SECONDS)) {
        System.err.println("nin: the training did not stop in time; the last checkpoint is kept");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  int exitCode() {
    return INTERRUPTED;
  }

  /** Lets the JVM exit, after everything has been saved and printed. */
  @Override
  public void close() {
    saved.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is already shutting down because of the signal.
    }
  }
}
