package org.nin4j.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;

/** The JSON form of an optimizer's configuration and of its parameter groups. */
final class OptimizerJson {
  /** The fields of each type, without {@code type}. */
  private static final Map<String, List<String>> FIELDS =
      new TreeMap<>(
          Map.of(
              "AdamW", List.of("beta1", "beta2", "eps", "weight_decay"),
              "SGD", List.of("momentum", "nesterov", "weight_decay")));

  private OptimizerJson() {}

  static void write(JsonWriter json, OptimizerConfig optimizer) {
    json.text("type", optimizer.name());
    if (optimizer instanceof OptimizerConfig.Sgd sgd) {
      json.number("momentum", sgd.momentum());
      json.flag("nesterov", sgd.nesterov());
      json.number("weight_decay", sgd.weightDecay());
    } else if (optimizer instanceof OptimizerConfig.AdamW adamW) {
      json.number("beta1", adamW.beta1());
      json.number("beta2", adamW.beta2());
      json.number("eps", adamW.eps());
      json.number("weight_decay", adamW.weightDecay());
    }
  }

  static OptimizerConfig read(JsonObject json) {
    return switch (json.type("optimizer", FIELDS)) {
      case "SGD" ->
          new OptimizerConfig.Sgd(
              json.floatNumber("momentum"),
              json.flag("nesterov"),
              json.floatNumber("weight_decay"));
      case "AdamW" ->
          new OptimizerConfig.AdamW(
              json.floatNumber("beta1"),
              json.floatNumber("beta2"),
              json.floatNumber("eps"),
              json.floatNumber("weight_decay"));
      default -> throw new AssertionError(json.text("type"));
    };
  }

  static void write(JsonWriter json, ParameterGroup group) {
    json.text("parameters", group.parameters());
    json.number("rate", group.rate());
    json.number("decay", group.decay());
  }

  static ParameterGroup group(JsonObject json) {
    json.allowOnly("parameter group", List.of("parameters", "rate", "decay"));
    return new ParameterGroup(
        json.text("parameters"), json.doubleNumber("rate"), json.doubleNumber("decay"));
  }
}
