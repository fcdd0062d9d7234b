package org.nin4j.tracking.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.io.Model;
import org.nin4j.nn.Summary;
import org.nin4j.train.ClassCounts;

/**
 * The page of one run.
 *
 * @param run what the files of the run say
 * @param data the images of the run, if they are at hand
 * @param images those of them on which the model was evaluated, if they are at hand
 * @param predictions how these were classified, if that is known
 * @param engine explains images, if there is one
 */
record RunPage(
    RunData run,
    Optional<DatasetSplits> data,
    Optional<ImageDataset> images,
    Optional<Predictions> predictions,
    Optional<Engine> engine) {
  private static final String NO_IMAGES =
      "The images of the data set were not at hand when this report was made.";

  String html() {
    return new Page("NiN4J training run", run.name(), JsonWriter.line(this::write), "run").html();
  }

  private void write(JsonWriter json) {
    Overview overview = new Overview(run, predictions.map(Predictions::evaluation));
    json.object("summary", overview::write);
    json.texts("classes", classes());
    json.object("curves", run.curves()::write);
    json.text("not_evaluated", notEvaluated());
    predictions.ifPresent(
        it -> json.object("evaluation", fields -> EvaluationJson.write(fields, it.evaluation())));
    gallery(json);
    json.object("samples", samples()::write);
    json.object("maps", maps()::write);
    run.profile().ifPresent(profile -> json.object("profile", profile::write));
    Map<String, String> fields = run.record().fields();
    json.textRows("configuration", Settings.configuration(fields));
    Summary network = Summary.of(run.record().setup().network());
    json.objects("network", network.leaves(), RunPage::layer);
    json.textRows("environment", Settings.environment(fields));
  }

  private List<String> classes() {
    return predictions
        .map(it -> it.evaluation().classes())
        .orElseGet(
            () -> run.record().data().images().classes().stream().map(ClassCounts::name).toList());
  }

  private String notEvaluated() {
    return run.model().isEmpty()
        ? "There is no model yet, so there is nothing to evaluate."
        : images.isEmpty()
            ? NO_IMAGES
            : "The training was stopped before its model was evaluated. To evaluate it now, run nin"
                + " report with the folder of this run.";
  }

  private void gallery(JsonWriter json) {
    if (predictions.isEmpty()) {
      json.numbers("pictures", List.of());
      json.numbers("mistakes", List.of());
      return;
    }
    Optional<ImageDataset> shown =
        images.filter(it -> it.size() == predictions.get().files().size());
    if (shown.isEmpty()) {
      json.text("no_pictures", NO_IMAGES);
    }
    shown
        .map(it -> Gallery.of(predictions.get(), it))
        .orElseGet(() -> Gallery.none(predictions.get()))
        .write(json);
  }

  private TrainingSamples samples() {
    if (data.isEmpty()) {
      return TrainingSamples.none(NO_IMAGES);
    }
    return run.model()
        .map(Model::preprocessing)
        .map(it -> TrainingSamples.of(data.get().train(), run.record().setup(), it))
        .orElseGet(
            () -> TrainingSamples.none("There is no model yet that says how to prepare images."));
  }

  private EvidenceMaps maps() {
    if (run.model().isEmpty() || engine.isEmpty() || images.isEmpty() || predictions.isEmpty()) {
      return EvidenceMaps.none(
          "Maps need a model, its evaluation and the images of the data set, which were not all at"
              + " hand when this report was made.");
    }
    return EvidenceMaps.of(
        run.model().get(), engine.get(), images.get(), predictions.get().evaluation());
  }

  private static void layer(JsonWriter json, Summary.Row row) {
    json.text("path", row.path());
    json.text("layer", row.description());
    json.text("output", row.output().toString());
    json.number("parameters", row.costs().parameters());
    json.number("multiply_adds", row.costs().multiplyAdds());
  }
}
