package org.nin4j.server.model;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import org.nin4j.error.ClosedException;

/**
 * A name under which a model is served. What is behind it changes when the file is loaded again;
 * the name and its line of tasks stay.
 */
public final class ServedModel {
  /** The version of every model: the one that answers now. */
  public static final String VERSION = "1";

  private final String name;
  private final FairQueue.Line line;
  private final ModelSource source;
  private volatile LoadedModel current;

  /** What the file was when it was last read, whether that succeeded or not. */
  private volatile Optional<FileStamp> attempted;

  private final LongAdder reloads = new LongAdder();
  private final LongAdder failedReloads = new LongAdder();

  private final Object loading = new Object();
  private boolean closed; // guarded by this

  /**
   * @param attempted what the file was before the first model was read
   */
  ServedModel(
      String name,
      FairQueue.Line line,
      ModelSource source,
      Optional<FileStamp> attempted,
      LoadedModel first) {
    this.name = name;
    this.line = line;
    this.source = source;
    this.attempted = attempted;
    current = first;
  }

  /** {@return the name in the paths of the server} */
  public String name() {
    return name;
  }

  /**
   * Takes the model that answers now, for one request.
   *
   * @return the model, which stays open until {@link LoadedModel#release} is called
   * @throws ClosedException when the repository has been closed
   */
  public LoadedModel acquire() {
    LoadedModel model = current;
    while (!model.acquire()) {
      if (model == current) {
        throw new ClosedException("the server has been stopped");
      }
      model = current; // it was replaced between the two
    }
    return model;
  }

  /** {@return the model that answers now, to be looked at but not to compute} */
  public LoadedModel current() {
    return current;
  }

  /**
   * Lets a task wait for a free thread.
   *
   * @param task what to do
   * @return false when as many tasks wait already as may
   */
  public boolean submit(QueuedTask task) {
    return line.offer(task);
  }

  /**
   * Takes a task out of the line, so that its place is free.
   *
   * @param task one that was submitted
   * @return whether it still waited; if so, it will never run
   */
  public boolean cancel(QueuedTask task) {
    return line.remove(task);
  }

  /** {@return whether a task would be refused now} */
  public boolean isFull() {
    return line.isFull();
  }

  /** {@return how many tasks wait} */
  public int waiting() {
    return line.length();
  }

  /** {@return how many tasks may wait} */
  public int capacity() {
    return line.capacity();
  }

  /** {@return how many times the model has been loaded again} */
  public long reloads() {
    return reloads.sum();
  }

  /** {@return how many times it could not be loaded again, so that the one before went on} */
  public long failedReloads() {
    return failedReloads.sum();
  }

  ModelSource source() {
    return source;
  }

  Optional<FileStamp> attempted() {
    return attempted;
  }

  /** Loads a model. */
  interface Loader {
    LoadedModel load(ModelSource source) throws IOException;
  }

  /**
   * Loads the model again and lets it answer from now on; those that ask one after the other get
   * what was in the file after they asked.
   *
   * @return false when this was closed meanwhile
   */
  boolean reload(Loader loader) throws IOException {
    synchronized (loading) {
      attempted = FileStamp.of(source);
      boolean loaded = false;
      try {
        LoadedModel next = loader.load(source);
        loaded = true;
        return replace(next);
      } finally {
        (loaded ? reloads : failedReloads).increment();
      }
    }
  }

  private boolean replace(LoadedModel next) {
    LoadedModel before;
    synchronized (this) {
      before = closed ? next : current;
      if (!closed) {
        current = next;
      }
    }
    before.release();
    return before != next;
  }

  /** Frees the model when the last request has released it. */
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    current.release();
  }
}
