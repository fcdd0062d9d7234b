package org.nin4j.server.model;

import java.util.function.Function;
import org.nin4j.Classifier;
import org.nin4j.engine.Precision;
import org.nin4j.explain.Explainer;
import org.nin4j.internal.Pool;
import org.nin4j.io.SourceModel;

/**
 * A model as it was read from its file, ready to compute: the classifier, and explainers that are
 * made when the first class map is asked for. It is closed when its server has replaced it and the
 * last request has released it, so that a request is answered by one model from its first check to
 * its last byte.
 */
public final class LoadedModel {
  private final SourceModel source;
  private final Precision precision;
  private final Classifier classifier;
  private final Pool<Explainer> explainers;

  /** One for the server, and one for each request. */
  private int users = 1;

  LoadedModel(SourceModel source, Precision precision, Classifier classifier) {
    this.source = source;
    this.precision = precision;
    this.classifier = classifier;
    explainers =
        new Pool<>(
            classifier.replicas(), "the model has been closed", () -> Explainer.of(source.model()));
  }

  /** {@return the model and where it was read from} */
  public SourceModel source() {
    return source;
  }

  /** {@return the arithmetic that it computes with} */
  public Precision precision() {
    return precision;
  }

  /** {@return what computes logits, on as many threads as the server has} */
  public Classifier classifier() {
    return classifier;
  }

  /**
   * Computes an explanation, such as class maps, in fp32.
   *
   * @param <T> what it is
   * @param explanation what to ask of an explainer that no other thread uses meanwhile
   * @return what was asked
   */
  public <T> T explain(Function<Explainer, T> explanation) {
    Explainer explainer = explainers.take();
    try {
      return explanation.apply(explainer);
    } finally {
      explainers.give(explainer);
    }
  }

  /** Keeps the model open for one more request; false when it is closed already. */
  synchronized boolean acquire() {
    if (users == 0) {
      return false;
    }
    users++;
    return true;
  }

  /** Ends what {@link ServedModel#acquire} began; the last user frees the memory. */
  public void release() {
    boolean last;
    synchronized (this) {
      users--;
      last = users == 0;
    }
    if (last) {
      explainers.close();
      classifier.close();
    }
  }
}
