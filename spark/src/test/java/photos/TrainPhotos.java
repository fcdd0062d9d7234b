package photos;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_extract;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.nin4j.spark.NinClassificationModel;
import org.nin4j.spark.NinClassifier;

/** Trains on a folder that has a folder of images for each class, such as hdfs:///photos. */
public final class TrainPhotos {
  public static void main(String[] args) throws IOException {
    String folder = args[0];
    SparkSession spark = SparkSession.builder().appName("photos").getOrCreate();
    Dataset<Row> photos =
        spark
            .read()
            .format("binaryFile")
            .option("recursiveFileLookup", true)
            .load(folder)
            .withColumn("label", regexp_extract(col("path"), "([^/]+)/[^/]+$", 1));
    NinClassificationModel model =
        new NinClassifier()
            .setInputCol("content")
            .setIdCol("path")
            .setDataName("photos")
            .setMaxIter(3)
            .setCheckpointDir(folder + "-checkpoints")
            .fit(photos);
    model.summary().epochs().show();
    model.write().overwrite().save(folder + "-model");
    NinClassificationModel loaded = NinClassificationModel.load(folder + "-model");
    loaded.transform(photos).select("path", "label", "predictedLabel", "probability").show();
  }

  private TrainPhotos() {}
}
