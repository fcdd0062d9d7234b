package org.nin4j.server.protocol;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.data.PreprocessingStep;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.io.Model;
import org.nin4j.nn.Shape;
import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.ServedModel;

/** What the server tells of a model: the protocol's metadata, and parameters of this library's. */
final class ModelMetadata {
  private static final int ANY = -1;
  private static final String PIXELS =
      "images may also be UINT8 pixels of any size, [N, 1 or 3, height, width], which the server"
          + " preprocesses";

  private ModelMetadata() {}

  /**
   * {@return a JSON object}
   *
   * @param name under which the model is served
   */
  static String of(String name, LoadedModel loaded) {
    Model model = loaded.source().model();
    return JsonWriter.line(
        json -> {
          json.text("name", name);
          json.texts("versions", List.of(ServedModel.VERSION));
          json.text("platform", "nin4j");
          json.objects(
              "inputs",
              List.of(InputReader.NAME),
              (each, tensor) -> write(each, tensor, batch(model.network().input())));
          json.objects(
              "outputs",
              OutputTensor.names(),
              (each, tensor) -> write(each, tensor, List.of(ANY, model.classes().size())));
          json.object("parameters", each -> parameters(each, loaded));
        });
  }

  private static List<Integer> batch(Shape input) {
    List<Integer> dims = new ArrayList<>(input.dims());
    dims.set(0, ANY);
    return dims;
  }

  private static void write(JsonWriter json, String name, List<Integer> shape) {
    json.text("name", name);
    json.text("datatype", "FP32");
    json.numbers("shape", shape);
  }

  private static void parameters(JsonWriter json, LoadedModel loaded) {
    Model model = loaded.source().model();
    json.text("network", model.network().name());
    json.text("precision", loaded.precision().toString());
    json.number("parameter_count", model.network().parameterCount());
    json.number("file_bytes", loaded.source().bytes());
    json.text("sha256", loaded.source().sha256());
    json.number("max_batch_size", InputReader.MOST_IMAGES);
    json.text("pixels", PIXELS);
    json.texts(
        "preprocessing",
        model.preprocessing().steps().stream().map(PreprocessingStep::description).toList());
    json.texts("classes", model.classes());
  }
}
