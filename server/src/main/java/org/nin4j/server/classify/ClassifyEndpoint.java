package org.nin4j.server.classify;

import java.util.List;
import java.util.Locale;
import org.eclipse.jetty.server.Request;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.server.http.Endpoint;
import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.Reply;
import org.nin4j.server.http.Router;
import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.ServedModel;

/**
 * Classifies images: one whose file is the body of the request, or several that are the parts of a
 * form. The images of a request are one task, computed one after another, so that a request with
 * many of them takes no more than one thread from the others.
 */
public final class ClassifyEndpoint implements Endpoint {
  /** The part of Java's heap that decoded images may take. */
  private static final double SHARE = 0.5;

  private final DecodingMemory memory =
      new DecodingMemory((long) (SHARE * Runtime.getRuntime().maxMemory()));

  /** Adds the route. */
  public void addTo(Router router) {
    router.add("POST", "/classify/*", this);
  }

  @Override
  public void handle(Exchange exchange) throws HttpError {
    exchange.model();
    ClassifyOptions options = options(exchange);
    String type = exchange.header("Content-Type").orElse("");
    String mediaType = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!mediaType.startsWith("multipart/")) {
      exchange.readBody(body -> enqueue(exchange, options, List.of(UploadedImage.of(body))));
      return;
    }
    if (!mediaType.equals("multipart/form-data")) {
      throw HttpError.of(
          415, "the body is " + Quoted.text(mediaType) + "; send multipart/form-data instead");
    }
    // Finding the parts would keep a selector's thread for too long.
    exchange.readBody(
        body ->
            exchange.goOnElsewhere(() -> enqueue(exchange, options, ImageParts.read(type, body))));
  }

  private static ClassifyOptions options(Exchange exchange) throws HttpError {
    try {
      return ClassifyOptions.of(Request.extractQueryParameters(exchange.request()));
    } catch (RuntimeException e) { // of Jetty's for bad escapes
      throw HttpError.badRequest("the query of the URL is not in UTF-8 with valid escapes");
    }
  }

  private void enqueue(Exchange exchange, ClassifyOptions options, List<UploadedImage> images)
      throws HttpError {
    if (images.isEmpty() || (images.size() == 1 && images.get(0).length() == 0)) {
      throw HttpError.badRequest(
          "the request has no image; send the file of one as the body, or those of several as"
              + " multipart/form-data");
    }
    exchange.acquire();
    exchange.enqueue(
        options.patienceNanos(), images.size(), model -> reply(exchange, options, model, images));
  }

  private Reply reply(
      Exchange exchange, ClassifyOptions options, LoadedModel model, List<UploadedImage> images)
      throws HttpError {
    ImageClassifier classifier =
        new ImageClassifier(model, options, exchange.context().limits().maxPixels(), memory);
    List<ImageOutcome> outcomes =
        images.stream().map(image -> ImageOutcome.of(image, classifier)).toList();
    if (outcomes.stream().noneMatch(outcome -> outcome.result().isPresent())) {
      throw failure(outcomes, images.get(0).content());
    }
    return Reply.json(
        JsonWriter.line(
            json -> {
              json.text("model", exchange.variable(0));
              json.text("version", ServedModel.VERSION);
              json.objects(
                  "predictions", outcomes, (object, each) -> each.write(object, options.maps()));
            }));
  }

  /** What to say when there is no result at all. */
  private static HttpError failure(List<ImageOutcome> outcomes, byte[] content) {
    HttpError first = outcomes.get(0).failure().orElseThrow();
    if (outcomes.size() > 1) {
      return first.saying(
          String.format(
              Locale.ROOT,
              "none of the %d images could be classified; the first, %s: %s",
              outcomes.size(),
              Quoted.text(outcomes.get(0).name().orElse("")),
              first.getMessage()));
    }
    boolean inForm = outcomes.get(0).name().isPresent();
    return first.status() == 400 && !inForm && isText(content)
        ? first.saying(
            first.getMessage()
                + "; send a file with curl -F image=@FILE or --data-binary @FILE, as -d changes it")
        : first;
  }

  /** Whether there is none of the characters that {@code curl -d} leaves out of a file. */
  private static boolean isText(byte[] content) {
    for (byte each : content) {
      if (each == 0 || each == '\r' || each == '\n') {
        return false;
      }
    }
    return true;
  }
}
