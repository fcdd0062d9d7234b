package org.nin4j.server.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.server.http.Endpoint;
import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.Reply;
import org.nin4j.server.http.Router;
import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.ServedModel;

/** Computes the logits of images that are preprocessed already. */
public final class InferEndpoint implements Endpoint {
  private static final String HEADER_LENGTH = "Inference-Header-Content-Length";

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Request(int count, float[] values, boolean binary) {}

  /** Adds the routes. */
  public void addTo(Router router) {
    router.add("POST", "/v2/models/*/infer", this);
  }

  @Override
  public void handle(Exchange exchange) throws HttpError {
    ServedModel served = exchange.model();
    exchange.readBody(
        body -> {
          Request request;
          try {
            request = read(exchange, body);
          } catch (IllegalArgumentException e) {
            throw HttpError.badRequest(e.getMessage());
          }
          LoadedModel model = exchange.acquire();
          int perImage = (int) model.source().model().network().input().elements();
          if (request.values().length != request.count() * perImage) {
            throw HttpError.badRequest("the model takes " + perImage + " values for each image");
          }
          exchange.enqueue(
              0,
              request.count(),
              loaded -> reply(served.name(), request, logits(loaded, request, perImage)));
        });
  }

  private static float[] logits(LoadedModel model, Request request, int perImage) {
    int classes = model.source().model().network().classes();
    float[] logits = new float[request.count() * classes];
    for (int i = 0; i < request.count(); i++) {
      model.classifier().logits(request.values(), i * perImage, logits, i * classes);
    }
    return logits;
  }

  private static Request read(Exchange exchange, byte[] body) {
    int header = exchange.header(HEADER_LENGTH).map(Integer::parseInt).orElse(body.length);
    String text = new String(body, 0, header, StandardCharsets.UTF_8);
    return Json.object(
        text, "the request", "an inference request", json -> request(json, body, header));
  }

  private static Request request(JsonObject json, byte[] body, int header) {
    boolean binary =
        json.optionalObject("parameters", each -> each.flag("binary_data_output", false))
            .orElse(false);
    json.has("id");
    return json.objects(
            "inputs",
            input -> {
              input.text("name");
              input.text("datatype");
              int count = input.intsAtLeast("shape", 1).get(0);
              if (input.has("data")) {
                List<Float> data = input.floatNumbers("data");
                float[] values = new float[data.size()];
                for (int i = 0; i < values.length; i++) {
                  values[i] = data.get(i);
                }
                return new Request(count, values, binary);
              }
              input.object("parameters", each -> each.intNumber("binary_data_size"));
              float[] values = new float[(body.length - header) / Float.BYTES];
              ByteBuffer.wrap(body, header, body.length - header)
                  .order(ByteOrder.LITTLE_ENDIAN)
                  .asFloatBuffer()
                  .get(values);
              return new Request(count, values, binary);
            })
        .get(0);
  }

  private static Reply reply(String name, Request request, float[] logits) {
    int classes = logits.length / request.count();
    String json =
        JsonWriter.line(
            writer -> {
              writer.text("model_name", name);
              writer.text("model_version", "1");
              writer.objects(
                  "outputs",
                  List.of("logits"),
                  (output, each) -> {
                    output.text("name", each);
                    output.text("datatype", "FP32");
                    output.numbers("shape", List.of(request.count(), classes));
                    if (request.binary()) {
                      output.object(
                          "parameters", it -> it.number("binary_data_size", 4L * logits.length));
                    } else {
                      output.raw("data", java.util.Arrays.toString(logits));
                    }
                  });
            });
    if (!request.binary()) {
      return Reply.json(json);
    }
    byte[] head = json.getBytes(StandardCharsets.UTF_8);
    ByteBuffer all = ByteBuffer.allocate(head.length + logits.length * Float.BYTES);
    all.order(ByteOrder.LITTLE_ENDIAN).put(head).asFloatBuffer().put(logits);
    return Reply.of("application/octet-stream", all.array())
        .with(HEADER_LENGTH, Integer.toString(head.length));
  }
}
