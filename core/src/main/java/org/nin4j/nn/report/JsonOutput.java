package org.nin4j.nn.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import org.nin4j.nn.Costs;
import org.nin4j.nn.Shape;

/** Indented JSON text, with one form for shapes and costs in all reports. */
final class JsonOutput {
  private JsonOutput() {}

  /** What a report writes. */
  interface Content {
    void writeTo(JsonGenerator json) throws IOException;
  }

  static String of(Content content) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.setPrettyPrinter(new DefaultPrettyPrinter());
      content.writeTo(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // into memory: cannot happen
    }
    return text.append('\n').toString();
  }

  static void shape(JsonGenerator json, String name, Shape shape) throws IOException {
    json.writeArrayFieldStart(name);
    for (int dim : shape.dims()) {
      json.writeNumber(dim);
    }
    json.writeEndArray();
  }

  static void costs(JsonGenerator json, Costs costs) throws IOException {
    json.writeNumberField("kernels", costs.kernels());
    json.writeNumberField("kernel_applications", costs.kernelApplications());
    json.writeNumberField("parameters", costs.parameters());
    json.writeNumberField("multiply_adds", costs.multiplyAdds());
    json.writeNumberField("activation_bytes", costs.activationBytes());
  }
}
