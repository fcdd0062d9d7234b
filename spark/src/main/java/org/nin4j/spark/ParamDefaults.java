package org.nin4j.spark;

/** The defaults of the parameters: the names of columns are MLlib's, the rest is that of nin. */
final class ParamDefaults {
  private ParamDefaults() {}

  /** Sets those that an estimator and a model share. */
  static void shared(NinParams<?> params) {
    params.setDefault(params.inputCol(), "image");
    params.setDefault(params.labelCol(), "label");
    params.setDefault(params.predictionCol(), "prediction");
    params.setDefault(params.predictedLabelCol(), "predictedLabel");
    params.setDefault(params.probabilityCol(), "probability");
    params.setDefault(params.rawPredictionCol(), "rawPrediction");
    params.setDefault(params.handleInvalid(), "error");
    params.setDefault(params.inferencePrecision(), "auto");
  }

  /** Sets those of an estimator; {@code idCol} has none. */
  static void training(NinTrainingParams params) {
    shared(params);
    params.setDefault(params.network(), "nin");
    params.setDefault(params.imageSize(), 0);
    params.setDefault(params.recipe(), "default");
    params.setDefault(params.maxIter(), 0);
    params.setDefault(params.batchSize(), 0);
    params.setDefault(params.shards(), 0);
    params.setDefault(params.seed(), 1L);
    params.setDefault(params.precision(), "auto");
    params.setDefault(params.numWorkers(), 0);
    params.setDefault(params.checkpointDir(), "");
    params.setDefault(params.checkpointInterval(), 1);
    params.setDefault(params.validationIndicatorCol(), "");
    params.setDefault(params.classNames(), new String[0]);
    params.setDefault(params.dataName(), "spark");
    params.setDefault(params.antialias(), true);
  }
}
