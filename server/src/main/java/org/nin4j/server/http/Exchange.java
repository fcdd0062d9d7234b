package org.nin4j.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.nin4j.error.ClosedException;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.server.http.RequestOutcome.Failure;
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

  private volatile ServedModel model;
  private volatile QueuedWork queued;
  private boolean admitted; // written before any other thread knows of the exchange
  private boolean hasPlace; // guarded by ended
  private LoadedModel lease; // guarded by this
  private volatile BodyReader reader;
  private volatile long requestBytes;
  private volatile long queueNanos;
  private volatile long computeNanos;
  private volatile int images;

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
      throw stopping();
    }
    LoadedModel before;
    synchronized (this) {
      before = lease;
      lease = acquired;
    }
    if (before != null) {
      before.release();
    }
    if (isAnswered()) {
      releaseLease(); // whoever has answered may not have seen it
    }
    return acquired;
  }

  private synchronized LoadedModel takeLease() {
    LoadedModel taken = lease;
    lease = null;
    return taken;
  }

  private void releaseLease() {
    LoadedModel taken = takeLease();
    if (taken != null) {
      taken.release();
    }
  }

  /**
   * Reads the body to its end and goes on with it. Refuses at once what is too long, what would
   * find no place in the line of the model, and what is one request too many.
   *
   * @param next what to do with the body; may throw {@link HttpError}
   */
  public void readBody(BodyConsumer next) throws HttpError {
    context.admission().enter();
    admitted = true;
    request.addIdleTimeoutListener(timeout -> false); // not idle while it waits or is computed
    if (model != null && model.isFull()) {
      throw full();
    }
    reader = new BodyReader(this);
    reader.begin(next);
  }

  /** Goes on with a body. */
  public interface BodyConsumer {
    /** Takes the body; must not block. */
    void accept(byte[] body) throws HttpError;
  }

  void bodyRead(byte[] body, BodyConsumer next) {
    requestBytes = body.length;
    attempt(
        () -> {
          if (takePlace()) {
            next.accept(body);
          }
        });
  }

  /** Counts the request among those that are answered; false when it has ended. */
  private boolean takePlace() throws HttpError {
    synchronized (ended) {
      if (!ended.get()) {
        context.admission().takePlace();
        hasPlace = true;
      }
      return hasPlace;
    }
  }

  /** Something that may fail. */
  public interface Attempt {
    /** Does it; must not block. */
    void run() throws HttpError;
  }

  /**
   * Goes on with something long, such as parsing, on another thread than the one that serves all
   * connections.
   *
   * @throws HttpError 503 when no such thread is to be had
   */
  public void goOnElsewhere(Attempt action) throws HttpError {
    try {
      request.getComponents().getExecutor().execute(() -> attempt(action));
    } catch (RejectedExecutionException e) {
      throw HttpError.unavailable("the server has no thread for this; try again in a second");
    }
  }

  /** Does something, and answers with its failure if it has one. */
  void attempt(Attempt action) {
    try {
      action.run();
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
   * @param patienceNanos how long to wait for a thread; zero or less for the server's own limit
   * @param imageCount how many images the work computes
   * @throws HttpError 503 when too much waits already
   */
  public void enqueue(long patienceNanos, int imageCount, ModelWork work) throws HttpError {
    LoadedModel taken = takeLease();
    if (taken == null) {
      return; // the client has gone, and with it the lease
    }
    QueuedWork task = new QueuedWork(this, taken, patienceNanos, imageCount, work);
    queued = task;
    if (!model.submit(task)) {
      taken.release();
      throw context.admission().isDraining() ? stopping() : full();
    }
  }

  private static HttpError stopping() {
    return HttpError.unavailable("the server is stopping; ask another one");
  }

  private HttpError full() {
    return HttpError.unavailable(
        "as many requests wait for the model as may; try again in a second");
  }

  void worked(long queued, long computed, int count) {
    queueNanos = queued;
    computeNanos = computed;
    images = count;
  }

  /** Answers. */
  public void send(Reply reply) {
    send(reply, null);
  }

  /** Answers with what went wrong. */
  public void fail(HttpError error) {
    String message = error.getMessage();
    Reply reply =
        new Reply(
            error.status(),
            Reply.JSON,
            error.headers(),
            JsonWriter.line(json -> json.text("error", message)).getBytes(StandardCharsets.UTF_8));
    send(reply, error.failure());
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
    response.setStatus(reply.status());
    HttpFields.Mutable fields = response.getHeaders();
    fields.put(HttpHeader.CONTENT_TYPE, reply.contentType());
    fields.put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    SafeHeaders.addTo(fields);
    reply.headers().forEach(fields::put);
    BodyReader body = reader;
    if (body == null && BodyReader.hasBody(request)) {
      body = new BodyReader(this); // no route has read it
      reader = body;
    }
    if (context.admission().isDraining() || (body != null && body.endsConnection(reply.status()))) {
      fields.put(HttpFields.CONNECTION_CLOSE);
    }
    response.write(
        true,
        ByteBuffer.wrap(reply.body()),
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
    releaseLease();
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
    boolean hadPlace;
    synchronized (ended) {
      if (!ended.compareAndSet(false, true)) {
        return;
      }
      hadPlace = hasPlace;
    }
    try {
      context.listener().ended(outcome(status, failure, responseBytes));
    } finally {
      if (admitted) {
        context.admission().leave(hadPlace);
      }
    }
  }

  private RequestOutcome outcome(int status, Failure failure, long responseBytes) {
    return new RequestOutcome(
        request.getMethod(),
        String.valueOf(request.getHttpURI().getPath()),
        Request.getRemoteAddr(request),
        Optional.ofNullable(model).map(ServedModel::name),
        status,
        Optional.ofNullable(failure),
        images,
        requestBytes,
        responseBytes,
        queueNanos,
        computeNanos,
        System.nanoTime() - request.getBeginNanoTime(),
        RequestId.of(request));
  }

  @Override
  public String toString() {
    return request.getMethod() + " " + request.getHttpURI().getPath();
  }
}
