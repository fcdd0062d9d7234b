package org.nin4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.util.DefaultParamsWriter;
import org.apache.spark.ml.util.MLWriter;

/** Saves a model: its parameters as MLlib saves those of its own models, and its file. */
final class ModelWriter extends MLWriter {
  private final NinClassificationModel model;

  ModelWriter(NinClassificationModel model) {
    this.model = model;
  }

  @Override
  public void saveImpl(String path) {
    SavedModel saved = model.saved();
    DefaultParamsWriter.saveMetadata(model, path, sparkSession());
    try {
      new ModelFolder(sparkSession(), path).write(saved);
    } catch (IOException e) {
      throw new UncheckedIOException(
          path + ": the model cannot be saved (" + e.getMessage() + ")", e);
    }
  }
}
