package org.nin4j.data;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * One pass over a data set, batch by batch. Threads of its own prepare one batch while another is
 * used; they end with the epoch, or when the epoch is closed. Belongs to the thread that reads it.
 */
public final class Epoch implements AutoCloseable {
  private final DataLoader loader;
  private final int number;
  private final BatchRing ring;
  private final List<Thread> threads;
  private Batch current;
  private int remaining;
  private volatile boolean closed;

  Epoch(
      DataLoader loader,
      List<Batch> batches,
      List<ImagePreparer> preparers,
      int number,
      int firstBatch) {
    this.loader = loader;
    this.number = number;
    ring = new BatchRing(loader, batches, firstBatch, preparers.size());
    remaining = loader.batches() - firstBatch;
    threads = preparers.stream().map(preparer -> new Thread(() -> prepare(preparer))).toList();
    for (Thread thread : threads) {
      thread.setName("nin4j-data");
      thread.setDaemon(true);
      thread.start();
    }
  }

  /**
   * Returns the next batch, which is valid until the following one is taken.
   *
   * @return the next batch, or null when there are no more
   * @throws UncheckedIOException if an image cannot be read; the cause's message names its file
   * @throws IllegalStateException if images cannot be prepared for another reason, which is the
   *     cause, or the epoch is closed
   * @throws CancellationException if the calling thread is interrupted while it waits; it stays
   *     marked so
   */
  public Batch next() {
    if (remaining == 0) {
      close();
      return null;
    }
    if (closed) {
      throw new IllegalStateException("the epoch is closed", ring.failure());
    }
    if (current != null) {
      ring.release();
      current = null;
    }
    try {
      current = ring.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled =
          new CancellationException("interrupted while waiting for images");
      cancelled.initCause(e);
      throw cancelled;
    }
    if (current == null) {
      close();
      throw failure(ring.failure());
    }
    remaining--;
    return current;
  }

  /** Wraps the failure of a background thread in an exception of the calling thread. */
  private static RuntimeException failure(Throwable failure) {
    String message = "cannot prepare images: " + failure.getMessage();
    if (failure instanceof UncheckedIOException unreadable) {
      UncheckedIOException thrown = new UncheckedIOException(message, unreadable.getCause());
      thrown.addSuppressed(unreadable);
      return thrown;
    }
    return new IllegalStateException(message, failure);
  }

  /** Stops the preparation and waits until its threads have ended. May be called more than once. */
  @Override
  public void close() {
    closed = true;
    ring.close();
    boolean interrupted = false;
    for (Thread thread : threads) {
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isClosed() {
    return closed;
  }

  private void prepare(ImagePreparer preparer) {
    try {
      for (BatchRing.Task task = ring.next(); task != null; task = ring.next()) {
        prepare(preparer, task);
      }
    } catch (InterruptedException | RuntimeException | Error e) {
      ring.broken(e); // otherwise the reader would wait forever
    }
  }

  private void prepare(ImagePreparer preparer, BatchRing.Task task) {
    for (int i = task.begin(); i < task.end(); i++) {
      if (closed) {
        break;
      }
      try {
        loader.prepare(preparer, task.batch(), number, task.number(), i);
      } catch (RuntimeException | Error e) {
        ring.failed(task, i, e);
        return;
      }
    }
    ring.done(task);
  }
}
