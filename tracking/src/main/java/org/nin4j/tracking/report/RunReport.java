package org.nin4j.tracking.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.evaluate.Evaluator;
import org.nin4j.internal.AtomicFile;
import org.nin4j.io.Model;
import org.nin4j.tracking.RunFolder;

/**
 * Writes the report of a run into its folder: {@code report.html} and, if the model is evaluated
 * here, {@code predictions.csv}, {@code confusion.csv} and {@code per-class.csv}. The page is one
 * file that needs no network. Each file is written atomically.
 *
 * <pre>{@code
 * RunFolder run = RunFolder.open(Path.of("runs/one"));
 * Path page = RunReport.of(run).images(run.setup().data().open()).engine(Engines.best(), 4).write();
 * }</pre>
 *
 * <p>A {@link ReportListener} does the same at the end of a training.
 */
public final class RunReport {
  private static final String FILE = "report.html";

  private final RunFolder run;
  private Optional<DatasetSplits> data = Optional.empty();
  private Optional<Engine> engine = Optional.empty();
  private int threads = 1;
  private boolean evaluates = true;

  private RunReport(RunFolder run) {
    this.run = run;
  }

  /**
   * Prepares the report of a run, which may be running still.
   *
   * @param run the run folder
   * @return a report without images, and without an engine that could evaluate the model
   */
  public static RunReport of(RunFolder run) {
    return new RunReport(run);
  }

  /**
   * Returns the path of the report of a run.
   *
   * @param run the run folder
   * @return the path of {@code report.html} in it, which exists once the report has been written
   */
  public static Path file(RunFolder run) {
    return run.path().resolve(FILE);
  }

  /**
   * Sets the data set of the run, for pictures and to evaluate the model on. Without it, there are
   * no pictures.
   *
   * @param newData the same images as in the training
   * @return this report
   */
  public RunReport images(DatasetSplits newData) {
    data = Optional.of(newData);
    return this;
  }

  /**
   * Sets the engine that evaluates the model if {@code predictions.csv} is missing or of an earlier
   * epoch, and that explains images. Without it, these parts are left out.
   *
   * @param newEngine the engine
   * @param newThreads number of threads, at least 1; it affects speed only
   * @return this report
   */
  public RunReport engine(Engine newEngine, int newThreads) {
    engine = Optional.of(newEngine);
    threads = newThreads;
    return this;
  }

  /** Leaves out the evaluation if its results are not there, for the end of a training. */
  RunReport withoutEvaluating() {
    evaluates = false;
    return this;
  }

  /**
   * Writes the report.
   *
   * @return the path of {@code report.html}
   * @throws IOException when a file of the run is damaged, or a file cannot be read or written
   * @throws org.nin4j.engine.EngineException when the engine cannot run the network, or memory does
   *     not suffice
   */
  public Path write() throws IOException {
    RunData read = RunData.read(run);
    Optional<ImageDataset> images = evaluated(read);
    Optional<Predictions> predictions = read.predictions();
    if (predictions.isEmpty() && images.isPresent() && engine.isPresent() && evaluates) {
      predictions = evaluate(read, images.get());
    }
    Path file = file(run);
    AtomicFile.write(file, new RunPage(read, data, images, predictions, engine).html());
    return file;
  }

  private Optional<ImageDataset> evaluated(RunData read) {
    return data.map(
        splits ->
            EvaluatedImages.after(read.history())
                .flatMap(part -> part.of(splits))
                .orElseGet(splits::validationOrTest));
  }

  private Optional<Predictions> evaluate(RunData read, ImageDataset images) throws IOException {
    if (read.model().isEmpty()) {
      return Optional.empty();
    }
    Model model = read.model().get();
    Precision trained = read.record().setup().precision();
    Precision precision = engine.get().supports(trained) ? trained : Precision.FP32;
    try (Evaluator evaluator = new Evaluator(engine.get(), precision, model, images, threads)) {
      Predictions predictions = Predictions.of(evaluator.evaluate(model.weights()), images);
      write(run.path(), predictions);
      return Optional.of(predictions);
    }
  }

  /**
   * Writes the CSV files of an evaluation, {@code predictions.csv} last: where it is, the others
   * are, too, even if the process is killed here.
   */
  static void write(Path folder, Predictions predictions) throws IOException {
    ClassCsvs.write(folder, predictions.evaluation().confusion());
    predictions.write(folder);
  }
}
