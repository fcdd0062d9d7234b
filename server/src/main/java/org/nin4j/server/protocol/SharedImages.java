package org.nin4j.server.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import org.nin4j.server.model.QueuedTask;
import org.nin4j.server.model.ServedModel;

/**
 * The images of one request, which threads that would be idle help to compute. A request alone uses
 * all threads; when other requests for the model wait, the helpers leave, and it keeps one.
 */
final class SharedImages {
  private final ServedModel line;
  private final int count;
  private final IntConsumer image;
  private final AtomicInteger next = new AtomicInteger();

  /** Helpers that still wait in the line. */
  private final AtomicInteger waiting = new AtomicInteger();

  private boolean ended; // guarded by this
  private int helping; // guarded by this
  private Throwable failure; // guarded by this

  /**
   * @param line where the helpers wait for a thread
   * @param count how many images there are
   * @param image computes the image of an index, on any thread
   */
  SharedImages(ServedModel line, int count, IntConsumer image) {
    this.line = line;
    this.count = count;
    this.image = image;
  }

  /**
   * Computes all images, on this thread and others; returns when no thread is at them any more.
   *
   * @param threads the most that may compute, with this one
   * @throws RuntimeException what an image threw, of which the first ends the work
   */
  void compute(int threads) {
    List<Helper> helpers = ask(Math.min(threads, count) - 1);
    try {
      for (int i = take(); i < count; i = take()) {
        image.accept(i);
      }
    } finally {
      next.set(count);
      helpers.forEach(line::cancel);
      awaitHelpers();
    }
    synchronized (this) {
      if (failure instanceof Error error) {
        throw error;
      }
      if (failure != null) {
        throw (RuntimeException) failure;
      }
    }
  }

  private int take() {
    return next.getAndIncrement();
  }

  private List<Helper> ask(int most) {
    List<Helper> helpers = new ArrayList<>();
    for (int i = 0; i < most && !othersWait(); i++) {
      Helper helper = new Helper();
      waiting.incrementAndGet();
      if (!line.submit(helper)) {
        waiting.decrementAndGet();
        break;
      }
      helpers.add(helper);
    }
    return helpers;
  }

  private boolean othersWait() {
    return line.waiting() > waiting.get();
  }

  private synchronized void awaitHelpers() {
    ended = true;
    boolean interrupted = false;
    while (helping > 0) {
      try {
        wait();
      } catch (InterruptedException e) {
        interrupted = true; // what they write to may not be read before they have ended
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean begin() {
    helping += ended ? 0 : 1;
    return !ended;
  }

  private synchronized void end(Throwable cause) {
    helping--;
    failure = failure == null ? cause : failure;
    notifyAll();
  }

  /** Takes part until nothing is left, or somebody else needs the thread. */
  private final class Helper extends QueuedTask {
    Helper() {
      super(0);
    }

    @Override
    protected void run() {
      waiting.decrementAndGet();
      if (!begin()) {
        return;
      }
      Throwable cause = null;
      try {
        for (int i; !othersWait() && (i = take()) < count; ) {
          image.accept(i);
        }
      } catch (RuntimeException | Error e) {
        cause = e;
        next.set(count);
      } finally {
        end(cause);
      }
    }

    @Override
    protected void expire() {}

    @Override
    protected void abandon() {}
  }
}
