package org.nin4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.apache.spark.ml.Model;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.Identifiable;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.ml.util.MLWritable;
import org.apache.spark.ml.util.MLWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.nin4j.engine.PrecisionPolicy;

/**
 * A trained network as a model of MLlib: it adds the classes of images to a data set.
 *
 * <pre>{@code
 * NinClassificationModel model = NinClassificationModel.fromFile("model.safetensors");
 * Dataset<Row> images = spark.read().format("image").load("photos/");
 * model.transform(images).select("image.origin", "predictedLabel", "probability").show();
 * }</pre>
 *
 * <p>The column of images is either Spark's image struct, or the bytes of image files, such as
 * {@code content} of the source {@code binaryFile}; its type says which. The columns that are added
 * have the bits that {@link org.nin4j.Classifier} computes: {@code rawPrediction} the logits and
 * {@code probability} their softmax, both as vectors with a number for each class, {@code
 * prediction} the index of the most probable class, and {@code predictedLabel} its name. A column
 * whose name is set to an empty text is left out.
 *
 * <p>A null, a damaged image and one with a side of a single pixel are invalid. If {@code
 * handleInvalid} is {@code error}, they end the job; {@code skip} leaves out their rows; {@code
 * keep} keeps the rows, with {@code NaN} as the prediction and in both vectors, and null as the
 * label.
 *
 * <p>Each executor has the model once, with a replica for each of its task slots. Rows are read,
 * classified and passed on one by one.
 */
public final class NinClassificationModel extends Model<NinClassificationModel>
    implements NinParams<NinClassificationModel>, MLWritable {
  private static final long serialVersionUID = 1L;

  /** Identifies the model in a pipeline. */
  private final String uid;

  /** The model and its file; null in a model that was made by a public constructor. */
  private final SavedModel saved;

  private transient ModelBroadcast broadcast;
  private transient NinTrainingSummary summary; // null unless trained in this session

  /** Creates a model without a network, which can only be given parameters. MLlib needs it. */
  public NinClassificationModel() {
    this(Identifiable.randomUID("nin"));
  }

  /**
   * Creates a model without a network, which can only be given parameters. Spark Connect needs it.
   *
   * @param uid identifies the model in a pipeline
   */
  public NinClassificationModel(String uid) {
    this(uid, null);
  }

  NinClassificationModel(String uid, SavedModel saved) {
    this.uid = uid;
    this.saved = saved;
    ParamDefaults.shared(this);
  }

  /**
   * Makes a model of a file, such as {@code nin train} writes.
   *
   * @param path a file on any Hadoop file system, in a format that {@link org.nin4j.io.Models}
   *     reads and that says all of its model
   * @return the model
   * @throws UncheckedIOException when the file is missing, cannot be read, or is not a sound model
   *     file
   */
  public static NinClassificationModel fromFile(String path) {
    try {
      SavedModel saved = ModelFolder.read(SparkSession.builder().getOrCreate(), path);
      return new NinClassificationModel(Identifiable.randomUID("nin"), saved);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Makes a model of one in memory.
   *
   * @param model the network, its weights, classes and preprocessing
   * @return the model
   * @throws UncheckedIOException when the temporary folder cannot be written to
   */
  public static NinClassificationModel of(org.nin4j.io.Model model) {
    try {
      return new NinClassificationModel(Identifiable.randomUID("nin"), SavedModel.of(model));
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  /**
   * Returns a reader of saved models.
   *
   * @return a reader, whose {@code load} throws an {@link UncheckedIOException} when a file of the
   *     folder is missing or damaged, and an {@link IllegalArgumentException} when the folder holds
   *     something else
   */
  public static MLReader<NinClassificationModel> read() {
    return new ModelReader();
  }

  /**
   * Loads a saved model.
   *
   * @param path the folder, on any Hadoop file system
   * @return the model
   * @throws UncheckedIOException when a file of the folder is missing or damaged
   * @throws IllegalArgumentException when the folder holds something else
   */
  public static NinClassificationModel load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  /** {@return whether there is a summary of the training, which is not saved with the model} */
  public boolean hasSummary() {
    return summary != null;
  }

  /**
   * Returns the summary of the training.
   *
   * @return how the training went, epoch by epoch
   * @throws IllegalStateException when the model was not trained in this session
   */
  public NinTrainingSummary summary() {
    if (summary == null) {
      throw new IllegalStateException(
          uid
              + " has no summary: only a model that NinClassifier has trained in this session"
              + " does");
    }
    return summary;
  }

  NinClassificationModel withSummary(NinTrainingSummary newSummary) {
    summary = newSummary;
    return this;
  }

  /** {@return the network, its weights, classes, preprocessing and provenance} */
  public org.nin4j.io.Model ninModel() {
    return saved().model();
  }

  /** {@return the number of classes} */
  public int numClasses() {
    return ninModel().network().classes();
  }

  /** {@return the names of the classes, in the order of their indices} */
  public List<String> classNames() {
    return ninModel().classes();
  }

  /** {@return about how many bytes of memory the model takes: the size of its file} */
  @Override
  public long estimatedSize() {
    return saved().file().length;
  }

  /** Returns the model and its file. */
  SavedModel saved() {
    if (saved == null) {
      throw new IllegalStateException(
          uid + " has no network; make a model by NinClassifier.fit, load, fromFile or of");
    }
    return saved;
  }

  /**
   * Classifies images. Nothing is computed before rows are asked for.
   *
   * @param dataset has the column of images
   * @return the same rows with the columns that this model adds
   * @throws IllegalArgumentException when a column is missing, of the wrong type, or there already,
   *     or when the model cannot compute in the precision
   */
  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType schema = dataset.schema();
    requirePrecision();
    OutputColumns output = new OutputColumns(schema, this, classNames());
    ClassifyPartition task =
        new ClassifyPartition(
            broadcastTo(dataset.sparkSession()),
            ImageColumn.of(schema, getInputCol()),
            output,
            this);
    return output.described(dataset.toDF().mapPartitions(task, Encoders.row(output.schema())));
  }

  @Override
  public StructType transformSchema(StructType schema) {
    ImageColumn.of(schema, getInputCol());
    return new OutputColumns(schema, this, classNames()).schema();
  }

  private void requirePrecision() {
    boolean quantized = ninModel().quantization() != null;
    PrecisionName.read(getInferencePrecision())
        .flatMap(precision -> PrecisionPolicy.inferenceRefusal(precision, quantized))
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException("inferencePrecision cannot be used: " + reason);
            });
  }

  /** The file is sent to the executors of an application once, whatever is transformed. */
  private synchronized ModelBroadcast broadcastTo(SparkSession spark) {
    if (broadcast == null || !broadcast.isUsableIn(spark)) {
      broadcast = ModelBroadcast.of(saved(), spark);
    }
    return broadcast;
  }

  @Override
  public NinClassificationModel copy(ParamMap extra) {
    NinClassificationModel copy = new NinClassificationModel(uid, saved).withSummary(summary);
    return copyValues(copy, extra).setParent(parent());
  }

  @Override
  public MLWriter write() {
    return new ModelWriter(this);
  }

  @Override
  public String toString() {
    return saved == null
        ? uid
        : String.format(
            Locale.ROOT,
            "NinClassificationModel: uid=%s, network=%s, numClasses=%d",
            uid,
            ninModel().network().name(),
            numClasses());
  }
}
