package org.nin4j.server.http;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.nin4j.error.ClosedException;
import org.nin4j.server.connection.WatchedEndPoint;
import org.nin4j.server.event.RequestOutcome.Failure;
import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.ServedModel;

/**
 * One request and its response. Whoever answers first has answered: later answers are dropped, so
 * that a deadline, a client that goes away and the work itself need not know of each other.
 */
public final class Exchange {
  private final Request request;
  private final Response response;
  private final Callback callback;
  private final ExchangeContext context;
  private final List<String> variables;
  private final AtomicBoolean answered = new AtomicBoolean();
  private final AtomicBoolean ended = new AtomicBoolean();
  private final ModelLease lease = new ModelLease();
  private final RequestFigures figures = new RequestFigures();

  /** Null for a request that needs none; written before another thread knows of the exchange. */
  private Admission.Ticket ticket;

  private volatile ServedModel model;
  private volatile QueuedWork queued;
  private volatile BodyReader reader;

  Exchange(
      Request request,
      Response response,
      Callback callback,
      ExchangeContext context,
      List<String> variables) {
    this.request = request;
    this.response = response;
    this.callback = callback;
    this.context = context;
    this.variables = variables;
  }

  /** Returns Jetty's view of the request. */
  public Request request() {
    return request;
  }

  /** Returns what the server's routes share. */
  public ExchangeContext context() {
    return context;
  }

  /** Returns the part of the path that stands for a variable of the route, by its order. */
  public String variable(int index) {
    return variables.get(index);
  }

  /** Returns a header's value. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(request.getHeaders().get(name));
  }

  /**
   * Finds the model that the first variable of the route names.
   *
   * @throws HttpError 404 when there is none of that name
   */
  public ServedModel model() throws HttpError {
    model =
        context
            .models()
            .find(variable(0))
            .orElseThrow(
                () ->
                    HttpError.notFound(
                        "there is no such model; GET /v2/models lists those that there are"));
    return model;
  }

  /**
   * Takes the model that answers now, for this request, which is checked against it and computed by
   * it even when another one takes over meanwhile. The exchange keeps it open as long as necessary;
   * only work that was given to {@link #enqueue} may compute with it.
   *
   * @throws HttpError 503 when the server has stopped
   */
  public LoadedModel acquire() throws HttpError {
    LoadedModel acquired;
    try {
      acquired = model.acquire();
    } catch (ClosedException e) {
      throw HttpError.stopping();
    }
    lease.keep(acquired);
    if (isAnswered()) {
      lease.release(); // whoever has answered may not have seen it
    }
    return acquired;
  }

  /**
   * Reads the body to its end and goes on with it. Refuses at once what is too long, what would
   * find no place in the line of the model, and what is one request too many.
   *
   * @param next what to do with the body; may throw {@link HttpError}
   */
  public void readBody(BodyConsumer next) throws HttpError {
    ticket = context.admission().enter();
    request.addIdleTimeoutListener(timeout -> false); // not idle while it waits or is computed
    if (model != null && model.isFull()) {
      throw full();
    }
    reader = new BodyReader(this);
    reader.begin(next);
  }

  void bodyRead(byte[] body, BodyConsumer next) {
    figures.read(body.length);
    attempt(
        () -> {
          if (ticket.takePlace()) {
            next.accept(body);
          }
        });
  }

  /**
   * Goes on with something long, such as parsing, on another thread than the one that serves all
   * connections.
   *
   * @throws HttpError 503 when no such thread is to be had
   */
  public void goOnElsewhere(Step step) throws HttpError {
    try {
      request.getComponents().getExecutor().execute(() -> attempt(step));
    } catch (RejectedExecutionException e) {
      throw HttpError.unavailable("the server has no thread for this; try again in a second");
    }
  }

  /** Does something, and answers with its failure if it has one. */
  void attempt(Step step) {
    try {
      step.run();
    } catch (HttpError e) {
      fail(e);
    } catch (OutOfMemoryError e) {
      fail(HttpError.noMemory("the request"));
      context.log().log(System.Logger.Level.WARNING, "no memory for a request: " + e.getMessage());
    } catch (RuntimeException | Error e) {
      context.log().log(System.Logger.Level.ERROR, "a request failed: " + this, e);
      fail(HttpError.internal("the server failed; its log says why"));
    }
  }

  /**
   * Lets work wait for a thread, and answers with what it computes. The model is the one that
   * {@link #acquire} returned.
   *
   * @param patienceNanos how long to wait for a thread, at most the server's own limit; zero or
   *     less for that limit
   * @param imageCount how many images the work computes
   * @throws HttpError 503 when too much waits already
   */
  public void enqueue(long patienceNanos, int imageCount, ModelWork work) throws HttpError {
    LoadedModel taken = lease.take();
    if (taken == null) {
      return; // the client has gone, and with it the lease
    }
    QueuedWork task = new QueuedWork(this, taken, patienceNanos, imageCount, work);
    queued = task;
    if (!model.submit(task)) {
      taken.release();
      throw context.admission().isDraining() ? HttpError.stopping() : full();
    }
    if (isAnswered()) {
      task.withdraw(model); // whoever has answered may not have found it in its line
    }
  }

  private static HttpError full() {
    return HttpError.unavailable(
        "as many requests wait for the model as may; try again in a second");
  }

  /** Where what becomes of the request is noted. */
  RequestFigures figures() {
    return figures;
  }

  /** Answers. */
  public void send(Reply reply) {
    send(reply, null);
  }

  /** Answers with what went wrong. */
  public void fail(HttpError error) {
    send(Reply.error(error.status(), error.headers(), error.getMessage()), error.failure());
  }

  private void send(Reply reply, Failure failure) {
    if (!answered.compareAndSet(false, true)) {
      return;
    }
    withdraw();
    try {
      write(reply, failure);
    } catch (OutOfMemoryError e) {
      end(503, Failure.REJECTED, 0);
      abandonBody();
      callback.failed(
          new HttpException.RuntimeException(
              503, HttpError.noMemory("the answer").getMessage(), e));
    } catch (RuntimeException | Error e) {
      context.log().log(System.Logger.Level.ERROR, "a response failed: " + this, e);
      end(500, Failure.INTERNAL, 0);
      abandonBody();
      callback.failed(e);
    }
  }

  private void write(Reply reply, Failure failure) {
    BodyReader body = reader;
    if (body == null && BodyReader.hasBody(request)) {
      body = new BodyReader(this); // no route has read it
      reader = body;
    }
    if (context.admission().isDraining() || (body != null && body.endsConnection(reply.status()))) {
      response.getHeaders().put(HttpFields.CONNECTION_CLOSE);
    }
    reply.write(
        response,
        new Callback.Nested(callback) {
          @Override
          public void succeeded() {
            end(reply.status(), failure, reply.body().length);
            finish(callback);
          }

          @Override
          public void failed(Throwable cause) {
            end(HttpError.CLIENT_CLOSED, Failure.CANCELED, 0);
            abandonBody();
            super.failed(cause);
          }
        });
  }

  /** Finds out when the client goes away, as far as the server can tell. */
  void watchClient() {
    try {
      request.addFailureListener(this::clientGone); // as HTTP/2 tells
    } catch (IllegalStateException e) {
      return; // the request has ended
    }
    WatchedEndPoint.watch(
        request.getConnectionMetaData().getConnection().getEndPoint(),
        () -> fail(HttpError.canceled()));
  }

  /** Ends the exchange of a client that has gone. */
  void clientGone(Throwable cause) {
    if (answered.compareAndSet(false, true)) {
      withdraw();
      end(HttpError.CLIENT_CLOSED, Failure.CANCELED, 0);
      abandonBody();
      callback.failed(new Request.Handler.AbortException(cause)); // nobody would read an answer
    }
  }

  /** Gives back what an answered request need not keep: its model, and its place in a line. */
  private void withdraw() {
    lease.release();
    QueuedWork task = queued;
    if (task != null) {
      task.withdraw(model);
    }
  }

  private void finish(Callback completion) {
    BodyReader body = reader;
    if (body == null) {
      completion.succeeded();
    } else {
      body.answered(completion);
    }
  }

  private void abandonBody() {
    BodyReader body = reader;
    if (body != null) {
      body.abandon();
    }
  }

  boolean isAnswered() {
    return answered.get();
  }

  /** Ends the exchange, once. */
  private void end(int status, Failure failure, long responseBytes) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      Optional<String> name = Optional.ofNullable(model).map(ServedModel::name);
      context.listener().ended(figures.outcome(request, name, status, failure, responseBytes));
    } finally {
      if (ticket != null) {
        ticket.leave();
      }
    }
  }

  @Override
  public String toString() {
    return request.getMethod() + " " + request.getHttpURI().getPath();
  }
}
