package org.nin4j.server.http;

import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.QueuedTask;
import org.nin4j.server.model.ServedModel;

/** The work of one request while it waits and runs. It owns a lease of its model. */
final class QueuedWork extends QueuedTask {
  private final Exchange exchange;
  private final LoadedModel model;
  private final int images;
  private final ModelWork work;

  /** Whether it has left its line. */
  private volatile boolean begun;

  QueuedWork(Exchange exchange, LoadedModel model, long patienceNanos, int images, ModelWork work) {
    super(patience(patienceNanos, exchange.context().limits().queueTimeout().toNanos()));
    this.exchange = exchange;
    this.model = model;
    this.images = images;
    this.work = work;
  }

  private static long patience(long asked, long limit) {
    return asked > 0 ? Math.min(asked, limit) : limit;
  }

  @Override
  protected void run() {
    begun = true;
    try {
      if (exchange.isAnswered()) {
        return; // its client has gone
      }
      long queued = age();
      exchange.attempt(
          () -> {
            Reply reply = work.compute(model);
            exchange.figures().worked(queued, age() - queued, images);
            exchange.send(reply);
          });
    } finally {
      model.release();
    }
  }

  @Override
  protected void expire() {
    begun = true;
    model.release();
    exchange.fail(
        HttpError.expired("no thread was free within the time that the request may wait"));
  }

  @Override
  protected void abandon() {
    begun = true;
    model.release();
    exchange.fail(HttpError.stopping());
  }

  @Override
  protected void waitsLong() {
    exchange.watchClient();
  }

  /** Leaves the line, as the request has been answered. */
  void withdraw(ServedModel line) {
    if (!begun && line.cancel(this)) {
      model.release();
    }
  }
}
