package org.nin4j.train;

import java.util.List;
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
  private static final List<String> TYPES =
      List.of("Constant", "Cosine", "Linear", "OneCycle", "ReduceOnPlateau", "Step", "WarmUp");

  private ScheduleJson() {}

  static void write(JsonWriter json, Schedule schedule) {
    json.text("type", schedule.getClass().getSimpleName());
    if (!(schedule instanceof WarmUp)) {
      json.number("learning_rate", schedule.learningRate());
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
    return switch (json.text("type")) {
      case "Constant" -> new Constant(json.doubleNumber("learning_rate"));
      case "Cosine" -> new Cosine(json.doubleNumber("learning_rate"));
      case "Linear" -> new Linear(json.doubleNumber("learning_rate"), json.doubleNumber("end"));
      case "OneCycle" ->
          new OneCycle(
              json.doubleNumber("learning_rate"),
              json.doubleNumber("start"),
              json.doubleNumber("peak"),
              json.doubleNumber("end"));
      case "ReduceOnPlateau" ->
          new ReduceOnPlateau(
              json.doubleNumber("learning_rate"),
              json.doubleNumber("factor"),
              json.intNumber("patience"));
      case "Step" ->
          new Step(
              json.doubleNumber("learning_rate"),
              json.doubleNumber("factor"),
              json.doubleNumbers("at"));
      case "WarmUp" ->
          new WarmUp(
              json.doubleNumber("part"),
              json.intNumber("least_steps"),
              json.object("then", ScheduleJson::read));
      default -> throw json.unknown("type", "schedule", TYPES);
    };
  }
}
