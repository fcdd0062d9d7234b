package org.nin4j.data;

import java.util.List;

/**
 * The shared state of an epoch's threads: which image is prepared next, which batches are complete,
 * and which may be filled again. Images are handed out in the order of the epoch. So when an image
 * fails, all images before it have been handed out, and the failure that is reported is always that
 * of the first failing image in this order.
 */
final class BatchRing {
  /** Largest number of images that a thread takes at once. */
  private static final int LONGEST_RUN = 16;

  /** Images to prepare: those from {@code begin} to before {@code end} of a batch. */
  record Task(Batch batch, int number, int begin, int end) {}

  private final DataLoader loader;
  private final List<Batch> batches;
  private final int first;

  /** Number of images that a thread takes at once; more of them mean fewer waits for the lock. */
  private final int run;

  /** For each batch of the ring, the number of its images that have been prepared. */
  private final int[] prepared;

  /** The batch number and index in the batch of the image that is handed out next. */
  private int nextNumber;

  private int nextImage;

  /** Number of images that are being prepared. */
  private int active;

  /** Number of the batch that the reader takes next, and of the first it has not released. */
  private int reading;

  private int released;

  private Throwable failure;
  private long failedAt;
  private boolean closed;

  BatchRing(DataLoader loader, List<Batch> batches, int first, int threads) {
    this.loader = loader;
    this.batches = batches;
    this.first = first;
    int share = loader.imagesOf(0) / (4 * threads);
    run = Math.max(1, Math.min(LONGEST_RUN, share));
    prepared = new int[batches.size()];
    nextNumber = first;
    reading = first;
    released = first;
  }

  private int slot(int number) {
    return (number - first) % batches.size();
  }

  /** Returns the next images to prepare, once there is room for them; null if there are no more. */
  synchronized Task next() throws InterruptedException {
    while (nextNumber < loader.batches() && nextNumber >= released + batches.size() && !closed) {
      wait();
    }
    if (closed || failure != null || nextNumber == loader.batches()) {
      return null;
    }
    Batch batch = batches.get(slot(nextNumber));
    int size = loader.imagesOf(nextNumber);
    int end = Math.min(nextImage + run, size);
    Task task = new Task(batch, nextNumber, nextImage, end);
    nextImage = end;
    if (nextImage == size) {
      nextNumber++;
      nextImage = 0;
    }
    active++;
    return task;
  }

  synchronized void done(Task task) {
    active--;
    int slot = slot(task.number());
    prepared[slot] += task.end() - task.begin();
    if (prepared[slot] == loader.imagesOf(task.number()) || failure != null) {
      notifyAll();
    }
  }

  /**
   * @param i the image of the task that failed
   */
  synchronized void failed(Task task, int i, Throwable cause) {
    active--;
    long at = ((long) task.number() << Integer.SIZE) + i;
    if (failure == null || at < failedAt) {
      failure = cause;
      failedAt = at;
    }
    notifyAll();
  }

  /** Records that a thread ended for a reason other than an image. */
  synchronized void broken(Throwable cause) {
    failure = failure == null ? cause : failure;
    notifyAll();
  }

  /** Waits for the next batch; returns null if a {@link #failure} prevents its completion. */
  synchronized Batch take() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    int size = loader.imagesOf(reading);
    while (prepared[slot(reading)] < size) {
      if (failure != null && active == 0) {
        return null;
      }
      wait();
    }
    Batch batch = batches.get(slot(reading++));
    batch.resize(size);
    return batch;
  }

  /** Releases the batch that was taken before, so that it can be filled again. */
  synchronized void release() {
    prepared[slot(released++)] = 0;
    notifyAll();
  }

  synchronized Throwable failure() {
    return failure;
  }

  /** Stops handing out images. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
