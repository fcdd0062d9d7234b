package org.nin4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkException;
import org.apache.spark.ml.Estimator;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.types.StructType;
import org.nin4j.train.TrainingResult;
import org.nin4j.train.TrainingStore;

/**
 * Trains a network on the executors of a Spark application, as an estimator of MLlib. The model is
 * that of {@code nin train}, to the bit, whatever the number of executors and whatever happens to
 * them: it is a function of the images, the labels, the ids and the parameters but {@code
 * numWorkers}.
 *
 * <pre>{@code
 * NinClassificationModel model =
 *     new NinClassifier()
 *         .setInputCol("image")
 *         .setLabelCol("label")
 *         .setIdCol("path")
 *         .setValidationIndicatorCol("isTest")
 *         .setMaxIter(2)
 *         .fit(images);
 * }</pre>
 *
 * <p>A data frame has no order, but a training has: the order of the images is that of {@code
 * idCol}, whose values are different, and without it that of the SHA-256 of what is in the column
 * of images. Labels of text are names of classes; the classes are {@code classNames}, or else the
 * different labels in the order of their bytes in UTF-8. Labels that are numbers are indices of
 * classes.
 *
 * <p>The model is evaluated after each epoch: on the rows for which {@code validationIndicatorCol}
 * is true, which it is not trained on. Without that column a tenth of the images of each class is
 * held out, as {@code nin train} does.
 *
 * <p>Images are decoded once and kept by the executors, in memory as far as it suffices, else on
 * their disks. They are grey if the network takes grey images, or all images are grey; otherwise
 * they have three channels. The driver keeps the weights, and at most some megabytes of images.
 */
public final class NinClassifier extends Estimator<NinClassificationModel>
    implements NinTrainingParams, DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  /** Identifies the estimator in a pipeline. */
  private final String uid;

  /** Creates an estimator with the defaults of all parameters. */
  public NinClassifier() {
    this(Identifiable.randomUID("nin"));
  }

  /**
   * Creates an estimator with the defaults of all parameters.
   *
   * @param uid identifies the estimator in a pipeline
   */
  public NinClassifier(String uid) {
    this.uid = uid;
    ParamDefaults.training(this);
  }

  /**
   * Returns a reader of saved estimators.
   *
   * @return the reader
   */
  public static MLReader<NinClassifier> read() {
    return new DefaultParamsReader<>();
  }

  /**
   * Loads a saved estimator.
   *
   * @param path the folder, on any Hadoop file system
   * @return the estimator with its parameters
   */
  public static NinClassifier load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  /**
   * Trains a model.
   *
   * @param dataset has the columns of images and labels
   * @return the model, with a summary of the epochs
   * @throws IllegalArgumentException when a column, a row or a parameter is not what it should be;
   *     the message says which and what to do
   * @throws UncheckedIOException when the folder of checkpoints cannot be read or written
   * @throws org.nin4j.train.TrainingException when the training fails because of what it computed
   */
  @Override
  public NinClassificationModel fit(Dataset<?> dataset) {
    transformSchema(dataset.schema());
    try {
      TrainingResult result = new ClusterTraining(this).run(dataset, store(dataset));
      NinClassificationModel model =
          new NinClassificationModel(uid, SavedModel.of(result.model()))
              .withSummary(new NinTrainingSummary(result, dataset.sparkSession()));
      return copyValues(model, ParamMap.empty()).setParent(this);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (ClusterException e) {
      throw Thrown.unchecked(new SparkException(e.getMessage(), e));
    }
  }

  private Optional<TrainingStore> store(Dataset<?> dataset) throws IOException {
    return getCheckpointDir().isEmpty() || getCheckpointInterval() < 0
        ? Optional.empty()
        : Optional.of(
            new HadoopCheckpoints(
                getCheckpointDir(),
                getCheckpointInterval(),
                dataset.sparkSession().sparkContext().hadoopConfiguration()));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    TrainingRows.check(schema, this);
    return new OutputColumns(schema, this, List.of(getClassNames())).schema();
  }

  @Override
  public NinClassifier copy(ParamMap extra) {
    return defaultCopy(extra);
  }

  /**
   * Sets the network: the name of a preset, or a network as JSON text.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setNetwork(String value) {
    set(network(), value);
    return this;
  }

  /**
   * Sets the height and width to which images are resized; 0 for the network's own, but 96 for nin
   * unless the recipe is d2l.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setImageSize(int value) {
    set(imageSize(), value);
    return this;
  }

  /**
   * Sets the hyperparameters: the name of a recipe, or a recipe as JSON text.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setRecipe(String value) {
    set(recipe(), value);
    return this;
  }

  /**
   * Sets the number of epochs; 0 for the recipe's.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setMaxIter(int value) {
    set(maxIter(), value);
    return this;
  }

  /**
   * Sets the number of images in a step; 0 for the recipe's.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setBatchSize(int value) {
    set(batchSize(), value);
    return this;
  }

  /**
   * Sets the number of parts into which a batch is split; 0 for the recipe's.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setShards(int value) {
    set(shards(), value);
    return this;
  }

  /**
   * Sets the seed of all random numbers.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setSeed(long value) {
    set(seed(), value);
    return this;
  }

  /**
   * Sets the arithmetic of the training: auto, fp32 or bf16.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setPrecision(String value) {
    set(precision(), value);
    return this;
  }

  /**
   * Sets the number of tasks that share a step; 0 for as many as the cluster has slots.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setNumWorkers(int value) {
    set(numWorkers(), value);
    return this;
  }

  /**
   * Sets the folder of checkpoints, in any Hadoop file system, or an empty text for none.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setCheckpointDir(String value) {
    set(checkpointDir(), value);
    return this;
  }

  /**
   * Sets the number of epochs from one checkpoint to the next.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setCheckpointInterval(int value) {
    set(checkpointInterval(), value);
    return this;
  }

  /**
   * Sets the name of the Boolean column that is true for images to test on, or an empty text for
   * none.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setValidationIndicatorCol(String value) {
    set(validationIndicatorCol(), value);
    return this;
  }

  /**
   * Sets the name of the column that says the order of the images; its values are different.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setIdCol(String value) {
    set(idCol(), value);
    return this;
  }

  /**
   * Sets the names of the classes, in the order of their indices; none for those of the labels.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setClassNames(String[] value) {
    set(classNames(), value);
    return this;
  }

  /**
   * Sets the name of the data in the model's provenance.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setDataName(String value) {
    set(dataName(), value);
    return this;
  }

  /**
   * Sets whether images are resized with antialiasing, as those of files are.
   *
   * @param value the new value
   * @return this estimator
   */
  public NinClassifier setAntialias(boolean value) {
    set(antialias(), value);
    return this;
  }
}
