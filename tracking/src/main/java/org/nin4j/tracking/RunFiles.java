package org.nin4j.tracking;

import java.nio.file.Path;
import java.util.List;

/**
 * The files of a run folder by their names; the checkpoints are those of {@link Checkpoints}.
 *
 * @param folder the path of the folder
 */
record RunFiles(Path folder) {
  static final String RECORD = "run.json";

  private static final String METRICS = "metrics.csv";
  private static final String STEPS = "steps.csv";
  private static final String LOG = "log.txt";
  private static final String SKIPPED = "skipped.csv";
  private static final String MODEL = "model.safetensors";
  private static final String BEST_MODEL = "model-best.safetensors";
  private static final String LOCK = ".lock";

  /** The setup and the status. */
  Path record() {
    return folder.resolve(RECORD);
  }

  /** The metrics of each epoch. */
  Path metrics() {
    return folder.resolve(METRICS);
  }

  /** The metrics of each step. */
  Path steps() {
    return folder.resolve(STEPS);
  }

  /** What the training said. */
  Path log() {
    return folder.resolve(LOG);
  }

  /** The image files that were left out. */
  Path skipped() {
    return folder.resolve(SKIPPED);
  }

  /** The model at the end. */
  Path model() {
    return folder.resolve(MODEL);
  }

  /** The model of the best epoch. */
  Path bestModel() {
    return folder.resolve(BEST_MODEL);
  }

  /** Locked while a training writes into the folder. */
  Path lock() {
    return folder.resolve(LOCK);
  }

  /** The files that tell that there is a run in a folder. */
  List<Path> ofARun() {
    return List.of(
        record(),
        metrics(),
        steps(),
        log(),
        model(),
        ModelCard.of(model()),
        bestModel(),
        ModelCard.of(bestModel()));
  }
}
