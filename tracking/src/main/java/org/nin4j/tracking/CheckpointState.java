package org.nin4j.tracking;

import java.util.List;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.Checkpoint.EpochSums;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.schedule.ScheduleState;

/** The part of a checkpoint that is neither its setup nor a tensor, as JSON. */
record CheckpointState(
    long optimizerSteps, ScheduleState schedule, EpochSums epoch, List<EpochMetrics> history) {

  static CheckpointState of(Checkpoint checkpoint) {
    return new CheckpointState(
        checkpoint.optimizerSteps(),
        checkpoint.schedule(),
        checkpoint.epoch(),
        checkpoint.history());
  }

  void write(JsonWriter json) {
    json.number("optimizer_steps", optimizerSteps);
    json.object(
        "schedule",
        it -> {
          it.number("scale", schedule.scale());
          if (Double.isFinite(schedule.best())) {
            it.number("best", schedule.best());
          }
          it.number("bad_epochs", schedule.badEpochs());
        });
    json.object(
        "epoch",
        it -> {
          it.number("steps", epoch.steps());
          it.number("loss_sum", epoch.lossSum());
          it.number("correct", epoch.correct());
          it.number("images", epoch.images());
        });
    json.objects("history", history, MetricsJson::write);
  }

  static CheckpointState read(JsonObject json) {
    return new CheckpointState(
        json.longNumber("optimizer_steps"),
        json.object(
            "schedule",
            it ->
                new ScheduleState(
                    it.doubleNumber("scale"),
                    it.doubleNumber("best", Double.POSITIVE_INFINITY),
                    it.intAtLeast("bad_epochs", 0))),
        json.object(
            "epoch",
            it ->
                new EpochSums(
                    it.intAtLeast("steps", 0),
                    it.doubleNumber("loss_sum"),
                    it.longNumber("correct"),
                    it.longNumber("images"))),
        json.objects("history", MetricsJson::read));
  }
}
