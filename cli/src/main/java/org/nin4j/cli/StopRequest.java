package org.nin4j.cli;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Waits until the process is asked to stop: by Ctrl-C, by SIGTERM, as service managers and
 * containers do, or by its terminal, which is closed. Another Ctrl-C ends the JVM at once.
 */
final class StopRequest implements AutoCloseable {
  private static final int INTERRUPTED = 130; // 128 + SIGINT, as shells report it

  private final CountDownLatch requested = new CountDownLatch(1);
  private final String announcement;
  private final List<ProcessSignal> signals;

  /**
   * Starts to listen for signals.
   *
   * @param announcement what the first Ctrl-C prints
   */
  StopRequest(String announcement) {
    this.announcement = announcement;
    signals =
        Stream.of(
                ProcessSignal.handle("INT", this::interrupted),
                ProcessSignal.handle("TERM", requested::countDown),
                ProcessSignal.handle("HUP", requested::countDown))
            .flatMap(Optional::stream)
            .toList();
  }

  private synchronized void interrupted() {
    if (requested.getCount() == 0) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    requested.countDown();
    System.err.println("\nnin: " + announcement);
  }

  /** Waits for the first signal, or until the thread is interrupted. */
  void await() {
    try {
      requested.await();
    } catch (InterruptedException e) {
      requested.countDown();
    }
  }

  /** Lets signals end the JVM again. */
  @Override
  public void close() {
    signals.forEach(ProcessSignal::close);
  }
}
