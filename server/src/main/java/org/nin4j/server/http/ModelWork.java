package org.nin4j.server.http;

import org.nin4j.server.model.LoadedModel;

/** What a request wants of a model; runs on a thread of the queue's. */
public interface ModelWork {
  /**
   * Computes the response.
   *
   * @param model the one that the request was checked against
   * @throws HttpError when the request turns out to be wrong
   */
  Reply compute(LoadedModel model) throws HttpError;
}
