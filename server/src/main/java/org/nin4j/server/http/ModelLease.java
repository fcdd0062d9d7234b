package org.nin4j.server.http;

import org.nin4j.server.model.LoadedModel;

/** The model that a request keeps open until it is answered, or until its work takes it over. */
final class ModelLease {
  private LoadedModel model;

  /** Keeps a model that was acquired, and releases the one before, if there is one. */
  void keep(LoadedModel acquired) {
    release(replace(acquired));
  }

  /** Hands the model over; null when there is none any more. */
  LoadedModel take() {
    return replace(null);
  }

  /** Releases the model, if there is one. */
  void release() {
    release(take());
  }

  private synchronized LoadedModel replace(LoadedModel next) {
    LoadedModel before = model;
    model = next;
    return before;
  }

  private static void release(LoadedModel model) {
    if (model != null) {
      model.release();
    }
  }
}
