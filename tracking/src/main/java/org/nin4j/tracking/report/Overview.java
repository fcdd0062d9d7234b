package org.nin4j.tracking.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.Interval;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.nn.Network;
import org.nin4j.nn.Summary;
import org.nin4j.tracking.RunProgress;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.ImageCounts;
import org.nin4j.train.TrainingSetup;

/** The first section of a report: the result, the time, the model and the data. */
final class Overview {
  private final RunData run;
  private final Optional<Evaluation> evaluation;
  private final List<List<String>> tiles = new ArrayList<>();
  private final List<List<String>> facts = new ArrayList<>();

  /**
   * @param evaluation the results that the report shows
   */
  Overview(RunData run, Optional<Evaluation> evaluation) {
    this.run = run;
    this.evaluation = evaluation;
    tiles();
    facts();
  }

  void write(JsonWriter json) {
    json.textRows("tiles", tiles);
    json.textRows("facts", facts);
  }

  private void tiles() {
    String part =
        EvaluatedImages.after(run.history()).map(EvaluatedImages::toString).orElse("test");
    String images = capitalized(part);
    evaluation.ifPresent(
        it -> {
          Interval interval = it.accuracyInterval(0.95);
          tile(
              images + " accuracy",
              NumberText.percent(it.accuracy()),
              "95% interval "
                  + NumberText.percent(interval.low())
                  + " to "
                  + NumberText.percent(interval.high()));
          tile(
              images + " loss",
              NumberText.fixed(it.loss()),
              "mean cross-entropy of " + NumberText.number(it.images()) + " images");
          if (it.classes().size() > 5) {
            tile(
                "Top-5 accuracy",
                NumberText.percent(it.topAccuracy(5)),
                "class among the 5 most probable");
          }
        });
    if (evaluation.isEmpty() && !run.history().isEmpty()) {
      EpochMetrics last = run.history().get(run.history().size() - 1);
      String when = "after epoch " + last.epoch();
      tile(images + " accuracy", NumberText.percent(last.evaluation().accuracy()), when);
      tile(images + " loss", NumberText.fixed(last.evaluation().loss()), when);
    }
    TrainingSetup setup = run.record().setup();
    RunProgress progress = run.record().progress();
    tile("Epochs", run.history().size() + " of " + setup.recipe().epochs(), run.status());
    if (progress.seconds() > 0) {
      tile(
          "Time",
          NumberText.duration(progress.seconds()),
          progress.resumes() == 0 ? "" : "with resumes");
    }
    tile("Parameters", NumberText.number(Summary.of(setup.network()).total().parameters()), "");
  }

  private void facts() {
    TrainingSetup setup = run.record().setup();
    Network network = setup.network();
    fact("Folder", run.folder().toString());
    run.record().progress().reason().ifPresent(reason -> fact("Failed because", reason));
    fact("Network", network.name() + ", input " + network.input());
    fact("Data", setup.data().name());
    fact("Images", images(run.record().data().images()));
    fact("Recipe", setup.recipe().name());
    setup.start().ifPresent(start -> fact("Started from", start.model().orElse("a model")));
    fact("Precision", setup.precision().toString());
    fact("Seed", Long.toString(setup.seed()));
    bestEpoch().ifPresent(best -> fact("Best epoch by validation", best));
    fact("Started", seconds(run.record().environment().started()));
  }

  private Optional<String> bestEpoch() {
    EpochMetrics best = null;
    for (EpochMetrics epoch : run.history()) {
      if (epoch.validation().isPresent()
          && (best == null || epoch.evaluation().isBetterThan(best.evaluation()))) {
        best = epoch;
      }
    }
    return Optional.ofNullable(best)
        .map(
            epoch ->
                epoch.epoch()
                    + ", with an accuracy of "
                    + NumberText.percent(epoch.evaluation().accuracy()));
  }

  private static String images(ImageCounts images) {
    StringBuilder text = new StringBuilder(NumberText.number(images.train()) + " training");
    images
        .validation()
        .ifPresent(
            count -> text.append(", ").append(NumberText.number(count)).append(" validation"));
    images
        .test()
        .ifPresent(count -> text.append(", ").append(NumberText.number(count)).append(" test"));
    return text.append(" images in ").append(images.classes().size()).append(" classes").toString();
  }

  /** Returns a time in ISO 8601 to the second, such as {@code 2013-12-16 09:30:00 UTC}. */
  private static String seconds(String time) {
    return time.replaceFirst("^(\\S{10})T(\\d\\d:\\d\\d:\\d\\d)(\\.\\d+)?Z$", "$1 $2 UTC");
  }

  private void tile(String label, String value, String detail) {
    tiles.add(List.of(label, value, detail));
  }

  private void fact(String label, String value) {
    facts.add(List.of(label, value));
  }

  private static String capitalized(String word) {
    return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
  }
}
