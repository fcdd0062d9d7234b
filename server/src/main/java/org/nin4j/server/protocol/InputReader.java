package org.nin4j.server.protocol;

import java.util.List;
import java.util.Optional;
import org.nin4j.internal.json.JsonException;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonTensor;
import org.nin4j.nn.Shape;

/** Reads the input tensor of a request, and checks it before memory is reserved for it. */
final class InputReader {
  /** The name of the tensor. */
  static final String NAME = "images";

  /** The most images of one request; a client that has more sends several requests. */
  static final int MOST_IMAGES = 64;

  private static final String FLOATS = "FP32";
  private static final String PIXELS = "UINT8";

  private final JsonObject json;
  private final byte[] body;
  private final int jsonLength;
  private final Shape model;
  private final long maxPixels;

  /**
   * @param json the object that describes the tensor
   * @param body all of the request, for a binary tensor
   * @param jsonLength where in the body binary tensors begin
   * @param model the input of the model, (1, C, H, W)
   * @param maxPixels the largest image that may be preprocessed, at most 700 million, so that its
   *     bytes can be counted in 32 bits
   */
  InputReader(JsonObject json, byte[] body, int jsonLength, Shape model, long maxPixels) {
    this.json = json;
    this.body = body;
    this.jsonLength = jsonLength;
    this.model = model;
    this.maxPixels = maxPixels;
  }

  InferenceInput read() {
    json.allowOnly("input", List.of("name", "shape", "datatype", "parameters", "data"));
    if (!json.text("name").equals(NAME)) {
      throw json.unknown("name", "input", List.of(NAME));
    }
    String datatype = json.text("datatype");
    if (!datatype.equals(FLOATS) && !datatype.equals(PIXELS)) {
      throw json.unknown("datatype", "datatype", List.of(FLOATS, PIXELS));
    }
    boolean floats = datatype.equals(FLOATS);
    List<Integer> shape = shape(floats);
    long elements = elements(shape);
    boolean binary = requireBytes(elements * (floats ? Float.BYTES : 1));
    if (binary == json.has("data")) {
      throw json.defect(
          "data",
          binary
              ? " must be left out, as parameters.binary_data_size says that bytes follow the JSON"
              : " is missing");
    }
    JsonTensor data = binary ? null : data(shape, elements);
    int count = shape.get(0);
    if (!floats) {
      byte[] pixels = binary ? body : pixels(data);
      int offset = binary ? jsonLength : 0;
      return new PixelInput(count, shape.get(1), shape.get(2), shape.get(3), pixels, offset);
    }
    int perImage = (int) model.elements();
    return binary
        ? new BinaryInput(count, perImage, body, jsonLength)
        : new FloatInput(count, perImage, data.values());
  }

  private List<Integer> shape(boolean floats) {
    List<Integer> shape = json.intsAtLeast("shape", 1);
    List<Integer> image = model.dims().subList(1, 4);
    boolean fits =
        shape.size() == 4
            && (floats ? shape.subList(1, 4).equals(image) : List.of(1, 3).contains(shape.get(1)));
    if (!fits) {
      throw json.defect(
          "shape",
          floats
              ? " must be [N, "
                  + image.get(0)
                  + ", "
                  + image.get(1)
                  + ", "
                  + image.get(2)
                  + "] for FP32, but is "
                  + shape
              : " must be [N, C, H, W] with C 1 or 3 for UINT8, but is " + shape);
    }
    if (shape.get(0) > MOST_IMAGES) {
      throw json.defect(
          "shape[0]",
          " must be at most "
              + MOST_IMAGES
              + " images, but is "
              + shape.get(0)
              + "; send several requests");
    }
    return shape;
  }

  private long elements(List<Integer> shape) {
    long pixels = (long) shape.get(2) * shape.get(3);
    if (pixels > maxPixels) {
      throw json.defect(
          "shape",
          " has images of " + pixels + " pixels, but at most " + maxPixels + " are allowed");
    }
    return shape.get(0) * shape.get(1) * pixels;
  }

  /**
   * Checks the size of a binary tensor.
   *
   * @return whether the tensor is binary
   */
  private boolean requireBytes(long bytes) {
    Optional<Long> size = json.optionalObject("parameters", InputReader::size).flatMap(it -> it);
    if (size.isPresent() && size.get() != bytes) {
      throw json.defect(
          "parameters.binary_data_size",
          " must be " + bytes + " for this shape and datatype, but is " + size.get());
    }
    int sent = body.length - jsonLength;
    if (sent != size.orElse(0L)) {
      throw json.defect(
          "parameters.binary_data_size",
          (size.isPresent() ? " is " + bytes : " is missing")
              + ", but "
              + sent
              + " bytes follow the JSON; its length is in the header "
              + BinaryExtension.HEADER);
    }
    return size.isPresent();
  }

  private static Optional<Long> size(JsonObject parameters) {
    parameters.ignoreOthers();
    return parameters.has("binary_data_size")
        ? Optional.of(parameters.longNumber("binary_data_size"))
        : Optional.empty();
  }

  private JsonTensor data(List<Integer> shape, long elements) {
    JsonTensor data = json.tensor("data");
    boolean nested = data.dims().size() > 1;
    if (nested ? !data.dims().equals(shape) : data.count() != elements) {
      throw json.defect(
          "data",
          nested
              ? " has lists of lengths " + data.dims() + ", but the shape is " + shape
              : " has " + data.count() + " numbers, but the shape has " + elements);
    }
    return data;
  }

  private byte[] pixels(JsonTensor data) {
    byte[] pixels = data.bytes();
    if (pixels == null) {
      throw notAPixel(data);
    }
    return pixels;
  }

  private JsonException notAPixel(JsonTensor data) {
    int index = data.firstNoByte();
    return json.defect(
        "data",
        " must be whole numbers from 0 to 255 for UINT8, but the one with index "
            + index
            + " is "
            + data.values()[index]);
  }
}
