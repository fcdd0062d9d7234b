package org.nin4j.data;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;

/**
 * One pass over a data set, batch by batch. A thread of its own prepares one batch while another is
 * used; it ends with the epoch, or when the epoch is closed. Belongs to the thread that reads it.
 */
public final class Epoch implements AutoCloseable {
  private final DataLoader loader;
  private final int number;
  private final int firstBatch;
  private final BlockingQueue<Batch> free;
  private final BlockingQueue<Batch> ready;

  /** Put among the ready ones when the thread has failed. */
  private final Batch failed = new Batch(new float[0], new int[0]);

  private final Thread thread;
  private volatile Throwable failure;
  private Batch current;
  private int remaining;
  private boolean closed;

  Epoch(DataLoader loader, List<Batch> ring, int number, int firstBatch) {
    this.loader = loader;
    this.number = number;
    this.firstBatch = firstBatch;
    free = new ArrayBlockingQueue<>(ring.size(), false, ring);
    ready = new ArrayBlockingQueue<>(ring.size() + 1);
    remaining = loader.batches() - firstBatch;
    thread = new Thread(this::prepare, "nin4j-data");
    thread.setDaemon(true);
    thread.start();
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
      throw new IllegalStateException("the epoch is closed", failure);
    }
    if (current != null) {
      free.add(current);
      current = null;
    }
    Batch batch;
    try {
      batch = ready.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      CancellationException cancelled =
          new CancellationException("interrupted while waiting for images");
      cancelled.initCause(e);
      throw cancelled;
    }
    if (batch == failed) {
      close();
      throw failure();
    }
    current = batch;
    remaining--;
    return batch;
  }

  /** In an exception of this thread. */
  private RuntimeException failure() {
    String message = "cannot prepare images: " + failure.getMessage();
    if (failure instanceof UncheckedIOException unreadable) {
      UncheckedIOException thrown = new UncheckedIOException(message, unreadable.getCause());
      thrown.addSuppressed(unreadable);
      return thrown;
    }
    return new IllegalStateException(message, failure);
  }

  /** Stops the preparation and waits until its thread has ended. May be called more than once. */
  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isClosed() {
    return closed;
  }

  private void prepare() {
    try {
      for (int batch = firstBatch; batch < loader.batches(); batch++) {
        Batch next = free.take();
        loader.fill(next, number, batch);
        ready.add(next);
      }
    } catch (InterruptedException e) {
      // Only close() interrupts.
    } catch (RuntimeException | Error e) {
      failure = e;
      ready.add(failed);
    }
  }
}
