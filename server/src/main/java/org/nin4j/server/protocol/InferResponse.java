package org.nin4j.server.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.server.http.Reply;
import org.nin4j.server.model.ServedModel;

/** Builds the response to a request for inference, of which every output is computed. */
final class InferResponse {
  private final String model;
  private final InferRequest request;
  private final List<String> labels;

  /** The bytes of binary outputs, in their order. */
  private final List<byte[]> binary = new ArrayList<>();

  /**
   * @param model its name
   * @param labels the names of its classes
   */
  InferResponse(String model, InferRequest request, List<String> labels) {
    this.model = model;
    this.request = request;
    this.labels = labels;
  }

  /**
   * {@return the response}
   *
   * @param values for each output (N, classes), finite
   */
  Reply of(List<float[]> values) {
    byte[] json =
        JsonWriter.line(
                writer -> {
                  writer.text("model_name", model);
                  writer.text("model_version", ServedModel.VERSION);
                  request.id().ifPresent(id -> writer.text("id", id));
                  writer.objects(
                      "outputs",
                      request.outputs(),
                      (each, output) ->
                          write(each, output, values.get(request.outputs().indexOf(output))));
                })
            .getBytes(StandardCharsets.UTF_8);
    if (binary.isEmpty()) {
      return Reply.of(Reply.JSON, json);
    }
    ByteBuffer all =
        ByteBuffer.allocate(json.length + binary.stream().mapToInt(each -> each.length).sum());
    all.put(json);
    binary.forEach(all::put);
    return Reply.of(BinaryExtension.CONTENT_TYPE, all.array())
        .with(BinaryExtension.HEADER, Integer.toString(json.length));
  }

  private void write(JsonWriter json, RequestedOutput output, float[] values) {
    int columns =
        output.classification() == 0
            ? labels.size()
            : Math.min(output.classification(), labels.size());
    json.text("name", output.tensor().tensorName());
    json.text("datatype", output.classification() == 0 ? "FP32" : "BYTES");
    json.numbers("shape", List.of(request.input().count(), columns));
    if (output.classification() > 0) {
      List<String> texts = Classification.of(values, labels, columns);
      if (output.binary()) {
        follow(json, bytes(texts));
      } else {
        json.texts("data", texts);
      }
    } else if (output.binary()) {
      follow(json, bytes(values));
    } else {
      json.floats("data", values, values.length);
    }
  }

  private void follow(JsonWriter json, byte[] bytes) {
    json.object("parameters", each -> each.number("binary_data_size", bytes.length));
    binary.add(bytes);
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(values.length, Float.BYTES));
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(values);
    return bytes.array();
  }

  /** Each text in UTF-8, behind its length in bytes. */
  private static byte[] bytes(List<String> texts) {
    List<byte[]> all = texts.stream().map(each -> each.getBytes(StandardCharsets.UTF_8)).toList();
    int length = all.stream().mapToInt(each -> Integer.BYTES + each.length).sum();
    ByteBuffer bytes = ByteBuffer.allocate(length);
    bytes.order(ByteOrder.LITTLE_ENDIAN);
    all.forEach(each -> bytes.putInt(each.length).put(each));
    return bytes.array();
  }
}
