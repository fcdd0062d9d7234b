package org.nin4j.train;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.train.schedule.Constant;
import org.nin4j.train.schedule.Cosine;
import org.nin4j.train.schedule.Linear;
import org.nin4j.train.schedule.OneCycle;
import org.nin4j.train.schedule.ReduceOnPlateau;
import org.nin4j.train.schedule.Schedule;
import org.nin4j.train.schedule.Step;
import org.nin4j.train.schedule.WarmUp;

/** The JSON form of a schedule: an object with its type and the record's components. */
final class ScheduleJson {
  private static final String RATE = "learning_rate";

  /** The fields of each type, without {@code type}. */
  private static final Map<String, List<String>> FIELDS =
      new TreeMap<>(
          Map.of(
              "Constant", List.of(RATE),
              "Cosine", List.of(RATE),
              "Linear", List.of(RATE, "end"),
              "OneCycle", List.of(RATE, "start", "peak", "end"),
              "ReduceOnPlateau", List.of(RATE, "factor", "patience"),
              "Step", List.of(RATE, "factor", "at"),
              "WarmUp", List.of("part", "least_steps", "then")));

  private ScheduleJson() {}

  static void write(JsonWriter json, Schedule schedule) {
    json.text("type", schedule.getClass().getSimpleName());
    if (!(schedule instanceof WarmUp)) {
      json.number(RATE, schedule.learningRate());
    }
    if (schedule instanceof Linear linear) {
      json.number("end", linear.end());
    } else if (schedule instanceof OneCycle cycle) {
      json.number("start", cycle.start());
      json.number("peak", cycle.peak());
      json.number("end", cycle.end());
    } else if (schedule instanceof ReduceOnPlateau plateau) {
      json.number("factor", plateau.factor());
      json.number("patience", plateau.patience());
    } else if (schedule instanceof Step step) {
      json.number("factor", step.factor());
      json.numbers("at", step.at());
    } else if (schedule instanceof WarmUp warmUp) {
      json.number("part", warmUp.part());
      json.number("least_steps", warmUp.leastSteps());
      json.object("then", fields -> write(fields, warmUp.then()));
    }
  }

  static Schedule read(JsonObject json) {
    return switch (json.type("schedule", FIELDS)) {
      case "Constant" -> new Constant(json.doubleNumber(RATE));
      case "Cosine" -> new Cosine(json.doubleNumber(RATE));
      case "Linear" -> new Linear(json.doubleNumber(RATE), json.doubleNumber("end"));
      case "OneCycle" ->
          new OneCycle(
              json.doubleNumber(RATE),
              json.doubleNumber("start"),
              json.doubleNumber("peak"),
              json.doubleNumber("end"));
      case "ReduceOnPlateau" ->
          new ReduceOnPlateau(
              json.doubleNumber(RATE), json.doubleNumber("factor"), json.intNumber("patience"));
      case "Step" ->
          new Step(json.doubleNumber(RATE), json.doubleNumber("factor"), json.doubleNumbers("at"));
      case "WarmUp" ->
          new WarmUp(
              json.doubleNumber("part"),
              json.intNumber("least_steps"),
              json.object("then", ScheduleJson::read));
      default -> throw new AssertionError(json.text("type"));
    };
  }
}
