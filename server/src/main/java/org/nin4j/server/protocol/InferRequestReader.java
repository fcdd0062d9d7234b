package org.nin4j.server.protocol;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonException;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.nn.Shape;

/**
 * Reads the body of a request for inference: JSON, and behind it the bytes of a tensor if that is
 * binary. What is wrong becomes a {@link JsonException} that names the field.
 */
final class InferRequestReader {
  private static final List<String> FIELDS =
      List.of("id", "parameters", "inputs", "outputs", "model_name", "model_version");

  private final byte[] body;
  private final int jsonLength;
  private final Shape input;
  private final long maxPixels;

  /**
   * @param jsonLength how many bytes of the body are JSON
   * @param input what the model takes, (1, C, H, W)
   * @param maxPixels the largest image that may be preprocessed
   */
  InferRequestReader(byte[] body, int jsonLength, Shape input, long maxPixels) {
    this.body = body;
    this.jsonLength = jsonLength;
    this.input = input;
    this.maxPixels = maxPixels;
  }

  InferRequest read() {
    return Json.request(
        body, jsonLength, "data", "the request", "an inference request", this::request);
  }

  /** Parameters of the whole request. */
  private record Options(long timeoutMicros, boolean binaryOutput) {}

  private InferRequest request(JsonObject json) {
    json.allowOnly("request", FIELDS);
    json.text("model_name", ""); // of the path; some clients say it twice
    json.text("model_version", "");
    Optional<String> id = json.has("id") ? Optional.of(json.text("id")) : Optional.empty();
    Options options =
        json.optionalObject("parameters", InferRequestReader::options)
            .orElse(new Options(0, false));
    List<RequestedOutput> outputs = outputs(json, options.binaryOutput());
    List<InferenceInput> inputs =
        json.objects(
            "inputs", each -> new InputReader(each, body, jsonLength, input, maxPixels).read());
    if (inputs.size() != 1) {
      throw json.defect(
          "inputs", " must hold one tensor, named images, but there are " + inputs.size());
    }
    return new InferRequest(id, options.timeoutMicros(), inputs.get(0), outputs);
  }

  private static Options options(JsonObject parameters) {
    parameters.ignoreOthers();
    long timeout = parameters.has("timeout") ? parameters.longNumber("timeout") : 0;
    if (timeout < 0) {
      throw parameters.defect(
          "timeout", " must be a number of microseconds, 0 or more, but is " + timeout);
    }
    return new Options(timeout, parameters.flag("binary_data_output", false));
  }

  private static List<RequestedOutput> outputs(JsonObject json, boolean binary) {
    List<RequestedOutput> asked =
        json.has("outputs") ? json.objects("outputs", each -> output(each, binary)) : List.of();
    Set<OutputTensor> seen = new HashSet<>();
    for (RequestedOutput each : asked) {
      if (!seen.add(each.tensor())) {
        throw json.defect("outputs", " asks for " + each.tensor().tensorName() + " twice");
      }
    }
    return asked.isEmpty()
        ? Arrays.stream(OutputTensor.values())
            .map(tensor -> new RequestedOutput(tensor, 0, binary))
            .toList()
        : asked;
  }

  private static RequestedOutput output(JsonObject json, boolean binary) {
    json.allowOnly("output", List.of("name", "parameters"));
    OutputTensor tensor =
        OutputTensor.named(json.text("name"))
            .orElseThrow(() -> json.unknown("name", "output", OutputTensor.names()));
    return json.optionalObject(
            "parameters",
            parameters -> {
              parameters.ignoreOthers();
              return new RequestedOutput(
                  tensor,
                  parameters.has("classification") ? parameters.intAtLeast("classification", 1) : 0,
                  parameters.flag("binary_data", binary));
            })
        .orElse(new RequestedOutput(tensor, 0, binary));
  }
}
