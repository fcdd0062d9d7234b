package org.nin4j.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C into a request to stop, and keeps Java alive until what was under way has been
 * saved.
 */
final class StopSignal implements AutoCloseable {
  private static final long SECONDS_TO_SAVE = 120;
  private static final int INTERRUPTED = 130; // 128 + SIGINT, as shells report it

  private final CountDownLatch saved = new CountDownLatch(1);
  private final Thread hook;

  StopSignal(Runnable stop) {
    hook =
        new Thread(
            () -> {
              stop.run();
              try {
                boolean inTime = saved.await(SECONDS_TO_SAVE, TimeUnit.SECONDS);
                if (!inTime) {
                  System.err.println("nin: the step under way did not end; nothing was saved");
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "nin-stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }

  int exitCode() {
    return INTERRUPTED;
  }

  /** What had to be saved has been saved. */
  @Override
  public void close() {
    saved.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // Java is going down already, because of the signal.
    }
  }
}
