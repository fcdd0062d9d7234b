package org.nin4j.data;

import java.util.List;

/**
 * What the threads of an epoch agree on: which image is to be prepared next, which batches are
 * full, and which may be filled again. Images are handed out in the order of the epoch, so that all
 * before one that failed have been handed out, too, and the failure that is told is always the
 * first.
 */
final class BatchRing {
  /** More images than this are not handed out at once. */
  private static final int LONGEST_RUN = 16;

  /** Images to be prepared: a run of those of a batch. */
  record Task(Batch batch, int number, int begin, int end) {}

  private final DataLoader loader;
  private final List<Batch> batches;
  private final int first;

  /** How many images are handed out at once, so that threads do not wait for each other. */
  private final int run;

  /** For each batch of the ring, how many of its images have been prepared. */
  private final int[] prepared;

  /** The image to be handed out next. */
  private int nextNumber;

  private int nextImage;

  /** Runs of images that are being prepared. */
  private int active;

  /** Number of the batch that the reader takes next, and of the first it has not given back. */
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

  /** A thread ends because of something other than an image. */
  synchronized void broken(Throwable cause) {
    failure = failure == null ? cause : failure;
    notifyAll();
  }

  /** Waits for the next batch; null if it cannot be filled, because of the {@link #failure}. */
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

  /** Gives the batch taken before back, to be filled again. */
  synchronized void release() {
    prepared[slot(released++)] = 0;
    notifyAll();
  }

  synchronized Throwable failure() {
    return failure;
  }

  /** No more images are handed out. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
