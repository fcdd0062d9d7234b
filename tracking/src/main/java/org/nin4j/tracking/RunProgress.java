package org.nin4j.tracking;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.TrainingResult;

/**
 * What has become of a run so far.
 *
 * @param status the status of the run; {@code RUNNING} also after its process was killed
 * @param reason why the run failed, if it did
 * @param result the metrics of the last epoch, once the run has ended
 * @param seconds how long the run has been training, in all its processes together; what a process
 *     did between its last checkpoint and being killed is not counted
 * @param resumes how often the run was resumed
 */
public record RunProgress(
    Status status,
    Optional<String> reason,
    Optional<EpochMetrics> result,
    double seconds,
    int resumes) {
  /** A run that starts now. */
  static final RunProgress STARTED =
      new RunProgress(Status.RUNNING, Optional.empty(), Optional.empty(), 0, 0);

  /** The status of a run. */
  public enum Status {
    /** The training is running, or its process was killed. */
    RUNNING,
    /** The training was stopped before its end. */
    INTERRUPTED,
    /** The training has completed its last epoch. */
    FINISHED,
    /** The training has failed. */
    FAILED;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  RunProgress resumed() {
    return new RunProgress(Status.RUNNING, Optional.empty(), result, seconds, resumes + 1);
  }

  RunProgress after(double newSeconds) {
    return new RunProgress(status, reason, result, newSeconds, resumes);
  }

  RunProgress ended(TrainingResult training) {
    List<EpochMetrics> history = training.history();
    return new RunProgress(
        training.interrupted() ? Status.INTERRUPTED : Status.FINISHED,
        Optional.empty(),
        history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1)),
        seconds,
        resumes);
  }

  RunProgress failed(Throwable cause) {
    return new RunProgress(Status.FAILED, Optional.of(reason(cause)), result, seconds, resumes);
  }

  /** Returns the message of an exception, or its class if it has none. */
  static String reason(Throwable cause) {
    return cause.getMessage() == null ? cause.getClass().getName() : cause.getMessage();
  }

  void write(JsonWriter json) {
    json.text("status", status.toString());
    reason.ifPresent(why -> json.text("reason", why));
    result.ifPresent(metrics -> json.object("result", it -> MetricsJson.write(it, metrics)));
    json.number("seconds", seconds);
    json.number("resumes", resumes);
  }

  static RunProgress read(JsonObject json) {
    return new RunProgress(
        json.choice("status", Status.class),
        json.has("reason") ? Optional.of(json.text("reason")) : Optional.empty(),
        json.optionalObject("result", MetricsJson::read),
        json.doubleNumber("seconds"),
        json.intAtLeast("resumes", 0));
  }
}
