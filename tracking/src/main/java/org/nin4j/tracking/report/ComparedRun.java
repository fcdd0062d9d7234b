package org.nin4j.tracking.report;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.Interval;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.nn.Summary;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Score;

/**
 * A run in a comparison.
 *
 * @param name what it is called, different from all others
 * @param data what its files say
 * @param predictions how it classified each image, if that is known
 */
record ComparedRun(String name, RunData data, Optional<Predictions> predictions) {
  static final List<String> COLUMNS =
      List.of(
          "Status",
          "Epochs",
          "Validation accuracy",
          "Test accuracy",
          "95% interval",
          "Loss",
          "Parameters",
          "Images/s",
          "Time");

  private static final String NONE = "–";

  /** A cell of the table of results: what to sort by, if it is a number, and what to show. */
  private record Cell(OptionalDouble value, String show) {
    static Cell text(String show) {
      return new Cell(OptionalDouble.empty(), show);
    }

    static Cell number(double value, String show) {
      return new Cell(OptionalDouble.of(value), show);
    }

    void write(JsonWriter json) {
      value.ifPresent(it -> json.number("value", it));
      json.text("show", show);
    }
  }

  void write(JsonWriter json) {
    json.text("name", name);
    json.objects("results", cells(), (fields, cell) -> cell.write(fields));
    json.object("curves", data.curves()::write);
  }

  private List<Cell> cells() {
    List<EpochMetrics> history = data.history();
    Optional<EpochMetrics> last =
        history.isEmpty() ? Optional.empty() : Optional.of(history.get(history.size() - 1));
    long parameters = Summary.of(data.record().setup().network()).total().parameters();
    double seconds = data.record().progress().seconds();
    return List.of(
        Cell.text(data.status()),
        Cell.number(history.size(), Integer.toString(history.size())),
        accuracy(last.flatMap(EpochMetrics::validation)),
        accuracy(last.flatMap(EpochMetrics::test)),
        interval(),
        last.map(EpochMetrics::evaluation)
            .map(score -> Cell.number(score.loss(), NumberText.fixed(score.loss())))
            .orElse(Cell.text(NONE)),
        Cell.number((double) parameters, NumberText.number(parameters)),
        last.map(EpochMetrics::imagesPerSecond)
            .map(speed -> Cell.number(speed, NumberText.number(Math.round(speed))))
            .orElse(Cell.text(NONE)),
        Cell.number(seconds, NumberText.duration(seconds)));
  }

  private static Cell accuracy(Optional<Score> score) {
    return score
        .map(it -> Cell.number(it.accuracy(), NumberText.percent(it.accuracy())))
        .orElse(Cell.text(NONE));
  }

  private Cell interval() {
    Optional<Evaluation> evaluation = predictions.map(Predictions::evaluation);
    if (evaluation.isEmpty()) {
      return Cell.text(NONE);
    }
    Interval interval = evaluation.get().accuracyInterval(0.95);
    return Cell.number(
        evaluation.get().accuracy(),
        NumberText.percent(interval.low()) + " to " + NumberText.percent(interval.high()));
  }
}
