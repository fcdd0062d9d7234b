package org.nin4j.server.model;

import org.nin4j.error.ClosedException;

/**
 * A name under which a model is served. What is behind it changes when the file is loaded again;
 * the name and its line of tasks stay.
 */
public final class ServedModel {
  private final String name;
  private final InferenceQueue.Line line;
  private volatile LoadedModel current;

  ServedModel(String name, InferenceQueue.Line line, LoadedModel first) {
    this.name = name;
    this.line = line;
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

  /** Lets another model answer from now on. */
  void replace(LoadedModel next) {
    LoadedModel before = current;
    current = next;
    before.release();
  }
}
