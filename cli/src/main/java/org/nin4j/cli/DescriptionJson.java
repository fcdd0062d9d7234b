package org.nin4j.cli;

import org.nin4j.internal.json.JsonWriter;
import org.nin4j.io.FileDescription;
import org.nin4j.io.TensorInfo;

/** What a model file says of itself as JSON, all of it. */
final class DescriptionJson {
  private DescriptionJson() {}

  static String of(DescribedFile file) {
    FileDescription description = file.description();
    return JsonWriter.indented(
        json -> {
          json.text("file", file.file().toString());
          json.text("format", description.format());
          json.number("bytes", file.bytes());
          json.object("properties", each -> description.properties().forEach(each::text));
          json.object("metadata", each -> description.metadata().forEach(each::text));
          json.objects("tensors", description.tensors(), DescriptionJson::write);
          json.object(
              "total",
              total -> {
                total.number("tensors", description.tensors().size());
                total.raw("elements", file.total(TensorInfo::elements).toString());
                total.raw("bytes", file.total(TensorInfo::bytes).toString());
              });
          json.texts("graph", description.graph());
        });
  }

  private static void write(JsonWriter json, TensorInfo tensor) {
    json.text("name", tensor.name());
    json.text("dtype", tensor.dtype().name());
    json.numbers("shape", tensor.dims());
    json.number("elements", tensor.elements());
    json.number("bytes", tensor.bytes());
  }
}
