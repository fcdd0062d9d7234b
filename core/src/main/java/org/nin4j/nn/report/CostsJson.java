package org.nin4j.nn.report;

import org.nin4j.internal.json.JsonWriter;
import org.nin4j.nn.Costs;

/** Costs as fields, under the same names in all reports. */
final class CostsJson {
  private CostsJson() {}

  static void write(JsonWriter json, Costs costs) {
    json.number("kernels", costs.kernels());
    json.number("kernel_applications", costs.kernelApplications());
    json.number("parameters", costs.parameters());
    json.number("multiply_adds", costs.multiplyAdds());
    json.number("activation_bytes", costs.activationBytes());
  }
}
