package org.nin4j.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsReader$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.SparkSession;
import scala.Option;

/** Loads what {@link ModelWriter} has saved. */
final class ModelReader extends MLReader<NinClassificationModel> {
  @Override
  public NinClassificationModel load(String path) {
    try {
      ModelFolder folder = new ModelFolder(sparkSession(), path);
      if (!folder.hasMetadata()) {
        throw new IOException(path + ": there is no saved model (no folder metadata in it)");
      }
      DefaultParamsReader.Metadata metadata = metadata(sparkSession(), path);
      NinClassificationModel model = new NinClassificationModel(metadata.uid(), folder.read());
      setParams(metadata, model, path);
      return model;
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }

  private static DefaultParamsReader.Metadata metadata(SparkSession spark, String path)
      throws IOException {
    DefaultParamsReader.Metadata metadata;
    try {
      metadata = DefaultParamsReader$.MODULE$.loadMetadata(path, spark, "");
    } catch (Exception e) { // Scala does not declare those of a JSON parser
      throw damaged(path, e);
    }
    String expected = NinClassificationModel.class.getName();
    if (!metadata.className().equals(expected)) {
      throw new IllegalArgumentException(
          path + ": holds a " + metadata.className() + ", not a " + expected);
    }
    return metadata;
  }

  private static void setParams(
      DefaultParamsReader.Metadata metadata, NinClassificationModel model, String path)
      throws IOException {
    try {
      metadata.getAndSetParams(model, Option.empty());
    } catch (Exception e) { // Scala does not declare those of a JSON parser
      throw damaged(path, e);
    }
  }

  private static IOException damaged(String path, Exception e) {
    return new IOException(path + "/metadata: is damaged (" + FirstLine.of(e) + ")", e);
  }
}
