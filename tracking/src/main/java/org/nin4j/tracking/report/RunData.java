package org.nin4j.tracking.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.tracking.MetricsCsv;
import org.nin4j.tracking.RunFolder;
import org.nin4j.tracking.RunProgress;
import org.nin4j.tracking.RunRecord;
import org.nin4j.tracking.StepMetrics;
import org.nin4j.tracking.StepsCsv;
import org.nin4j.train.EpochMetrics;

/**
 * What the files of a run say.
 *
 * @param folder the path of the run's folder
 * @param record the setup, the environment and the progress
 * @param isRunning whether a training writes to the folder at the moment
 * @param history the metrics of each completed epoch
 * @param steps the metrics of each step
 * @param model the model at the end, or that of the best epoch as long as there is no other
 * @param profile where the time of a step goes, if it was measured
 */
record RunData(
    Path folder,
    RunRecord record,
    boolean isRunning,
    List<EpochMetrics> history,
    List<StepMetrics> steps,
    Optional<Model> model,
    Optional<StepTimes> profile) {
  /**
   * Reads a run, which may be running still.
   *
   * @throws IOException when a file is damaged or cannot be read
   */
  static RunData read(RunFolder run) throws IOException {
    Optional<Path> model =
        List.of(run.model(), run.bestModel()).stream().filter(Files::exists).findFirst();
    return new RunData(
        run.path(),
        run.record(),
        run.isRunning(),
        Files.exists(run.metrics()) ? MetricsCsv.read(run.metrics()) : List.of(),
        Files.exists(run.steps()) ? StepsCsv.read(run.steps()) : List.of(),
        model.isPresent() ? Optional.of(Models.read(model.get())) : Optional.empty(),
        StepTimes.in(run.path()));
  }

  /** Returns the name of the folder. */
  String name() {
    return name(folder);
  }

  /** Returns the last name of a path. */
  static String name(Path folder) {
    Path name = folder.toAbsolutePath().normalize().getFileName();
    return name == null ? folder.toString() : name.toString();
  }

  /** Returns what has become of the run: its status, or that its process was killed. */
  String status() {
    RunProgress.Status status = record.progress().status();
    return status == RunProgress.Status.RUNNING && !isRunning ? "killed" : status.toString();
  }

  List<String> classes() {
    return model.map(Model::classes).orElse(List.of());
  }

  Curves curves() {
    int images = record.data().images().train();
    int batch = record.setup().recipe().batchSize();
    int inEpoch = steps.stream().mapToInt(StepMetrics::step).max().orElse(1);
    int expected = record.setup().recipe().dropLast() ? images / batch : (images - 1) / batch + 1;
    return Curves.of(history, steps, Math.max(inEpoch, expected));
  }

  /**
   * Returns how the model classified each image.
   *
   * @return empty when this is not in the folder, or belongs to an earlier epoch than the metrics
   * @throws IOException when the file is damaged or cannot be read
   */
  Optional<Predictions> predictions() throws IOException {
    if (model.isEmpty() || !Files.exists(folder.resolve(Predictions.FILE))) {
      return Optional.empty();
    }
    Predictions predictions = Predictions.read(folder, classes());
    return isOfLastEpoch(predictions) ? Optional.of(predictions) : Optional.empty();
  }

  /** Compares the accuracy and the loss, which metrics.csv has with six decimals. */
  private boolean isOfLastEpoch(Predictions predictions) {
    if (history.isEmpty()) {
      return true; // of a model that was stopped in its first epoch
    }
    EpochMetrics last = history.get(history.size() - 1);
    return last.test()
        .or(last::validation)
        .filter(score -> Math.abs(score.loss() - predictions.evaluation().loss()) < 1e-5)
        .filter(score -> Math.abs(score.accuracy() - predictions.evaluation().accuracy()) < 1e-5)
        .isPresent();
  }
}
