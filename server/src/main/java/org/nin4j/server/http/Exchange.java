package org.nin4j.server.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.server.http.RequestOutcome.Failure;
import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.ServedModel;

/**
 * One request and its response. Whoever answers first has answered: later answers are dropped, so
 * that a deadline, a client that goes away and the work itself need not know of each other.
 */
public final class Exchange {
  private static final int CLIENT_CLOSED = 499; // nginx's code for a client that did not wait

  private final Request request;
  private final Response response;
  private final Callback callback;
  private final ExchangeContext context;
  private final List<String> variables;
  private final AtomicBoolean answered = new AtomicBoolean();

  private volatile ServedModel model;
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
   * Reads the body to its end and goes on with it. Refuses at once what is too long, and what would
   * find no place in the line of the model.
   *
   * @param next what to do with the body; may throw {@link HttpError}
   */
  public void readBody(BodyConsumer next) throws HttpError {
    if (model != null && model.isFull()) {
      throw full();
    }
    new BodyReader(this, next).begin();
  }

  /** Goes on with a body. */
  public interface BodyConsumer {
    /** Takes the body; must not block. */
    void accept(byte[] body) throws HttpError;
  }

  void bodyRead(byte[] body, BodyConsumer next) {
    requestBytes = body.length;
    attempt(() -> next.accept(body));
  }

  /** Something that may fail. */
  interface Attempt {
    void run() throws HttpError;
  }

  /** Does something, and answers with its failure if it has one. */
  void attempt(Attempt action) {
    try {
      action.run();
    } catch (HttpError e) {
      fail(e);
    } catch (RuntimeException | Error e) {
      context.log().log(System.Logger.Level.ERROR, "a request failed: " + this, e);
      fail(HttpError.internal("the server failed; its log says why"));
    }
  }

  /**
   * Lets work wait for a thread, and answers with what it computes.
   *
   * @param acquired a model that the request was checked against; released when all is done
   * @param patienceNanos how long to wait for a thread; zero or less for the server's own limit
   * @param imageCount how many images the work computes
   * @throws HttpError 503 when too much waits already
   */
  public void enqueue(LoadedModel acquired, long patienceNanos, int imageCount, ModelWork work)
      throws HttpError {
    QueuedWork task = new QueuedWork(this, acquired, patienceNanos, imageCount, work);
    if (!model.submit(task)) {
      acquired.release();
      throw full();
    }
  }

  private HttpError full() {
    return HttpError.unavailable(
        "as many requests wait for the model as may; try again in a second");
  }

  ServedModel servedModel() {
    return model;
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
    response.setStatus(reply.status());
    HttpFields.Mutable fields = response.getHeaders();
    fields.put(HttpHeader.CONTENT_TYPE, reply.contentType());
    fields.put(HttpHeader.CONTENT_LENGTH, reply.body().length);
    reply.headers().forEach(fields::put);
    response.write(
        true,
        ByteBuffer.wrap(reply.body()),
        new Callback.Nested(callback) {
          @Override
          public void succeeded() {
            ended(reply.status(), failure, reply.body().length);
            super.succeeded();
          }

          @Override
          public void failed(Throwable cause) {
            ended(CLIENT_CLOSED, Failure.CANCELED, 0);
            super.failed(cause);
          }
        });
  }

  /** Ends the exchange of a client that has gone. */
  void clientGone(Throwable cause) {
    if (answered.compareAndSet(false, true)) {
      ended(CLIENT_CLOSED, Failure.CANCELED, 0);
      callback.failed(cause);
    }
  }

  boolean isAnswered() {
    return answered.get();
  }

  private void ended(int status, Failure failure, long responseBytes) {
    context
        .listener()
        .ended(
            new RequestOutcome(
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
                RequestId.of(request)));
  }

  @Override
  public String toString() {
    return request.getMethod() + " " + request.getHttpURI().getPath();
  }
}
