package org.nin4j.cli;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Turns Ctrl-C and SIGTERM into a request to stop, and keeps the JVM alive until the training has
 * been saved. Another Ctrl-C ends the JVM at once; the run can then be resumed from its last
 * checkpoint, as if it had been killed.
 */
final class StopSignal implements AutoCloseable {
  private static final long SECONDS_IN_SILENCE = 1;
  private static final long SECONDS_TO_SAVE = 120;
  private static final int INTERRUPTED = 130; // 128 + SIGINT, as shells report it

  private final CountDownLatch saved = new CountDownLatch(1);
  private final AtomicBoolean requested = new AtomicBoolean();
  private final Runnable stop;
  private final Thread hook;
  private final Optional<ProcessSignal> interrupts;

  /**
   * Starts to listen for signals.
   *
   * @param stop asks the training to stop, and returns at once; called on any thread, maybe twice
   */
  StopSignal(Runnable stop) {
    this.stop = stop;
    hook = new Thread(this::stopAndWait, "nin-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    interrupts = ProcessSignal.handle("INT", this::interrupted);
  }

  /** Handles Ctrl-C. */
  private void interrupted() {
    if (requested.getAndSet(true)) {
      System.err.println(
          "\nnin: stopped at once; what was trained since the last checkpoint is lost");
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    stop.run();
    System.err.println("\nnin: stopping after this step; press Ctrl-C again to stop at once");
  }

  /** Handles SIGTERM, and Ctrl-C if this class cannot handle that itself. */
  private void stopAndWait() {
    requested.set(true);
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

  /** Returns the exit code of a training that was stopped; after SIGTERM the JVM's, 143, counts. */
  int exitCode() {
    return INTERRUPTED;
  }

  /** Lets the JVM exit, after everything has been saved and printed. */
  @Override
  public void close() {
    interrupts.ifPresent(ProcessSignal::close);
    saved.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is already shutting down because of the signal.
    }
  }
}
