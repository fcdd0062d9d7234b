package org.nin4j.spark;

import java.io.Serializable;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.SparkSession;

/** The file of a model where all executors of an application can get it. */
final class ModelBroadcast implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String application;
  private final String digest;
  private final Broadcast<byte[]> file;

  private ModelBroadcast(String application, String digest, Broadcast<byte[]> file) {
    this.application = application;
    this.digest = digest;
    this.file = file;
  }

  static ModelBroadcast of(SavedModel model, SparkSession spark) {
    SparkContext context = spark.sparkContext();
    return new ModelBroadcast(
        context.applicationId(),
        model.digest(),
        JavaSparkContext.fromSparkContext(context).broadcast(model.file()));
  }

  boolean isUsableIn(SparkSession spark) {
    return spark.sparkContext().applicationId().equals(application);
  }

  /** The SHA-256 of the file. */
  String digest() {
    return digest;
  }

  byte[] file() {
    return file.value();
  }
}
