package org.nin4j.spark;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.DelegatingDataset;
import org.nin4j.data.ImageDataset;

/** The images of data sets as rows, with Spark's image structs. */
final class DatasetRows {
  static final StructType SCHEMA =
      new StructType()
          .add("image", ImageSchema.columnSchema())
          .add("label", DataTypes.StringType)
          .add("id", DataTypes.LongType)
          .add("isTest", DataTypes.BooleanType);

  private DatasetRows() {}

  /** Returns the images to train on, then those to test on; ids rise. */
  static List<Row> of(DatasetSplits data) {
    List<Row> rows = new ArrayList<>();
    add(rows, data.train(), false);
    add(rows, data.testOrValidation(), true);
    return rows;
  }

  private static void add(List<Row> rows, ImageDataset images, boolean test) {
    for (int i = 0; i < images.size(); i++) {
      rows.add(
          RowFactory.create(
              struct(images.image(i)),
              images.classes().get(images.label(i)),
              10L * rows.size(),
              test));
    }
  }

  /** Returns a grey image as a struct. */
  static Row struct(DecodedImage image) {
    return RowFactory.create("", image.height(), image.width(), 1, 0, image.pixels());
  }

  static Dataset<Row> dataset(SparkSession session, List<Row> rows) {
    return session.createDataFrame(rows, SCHEMA);
  }

  /** The same images, said to be decoded from files. */
  static DatasetSplits asFiles(DatasetSplits data) {
    return new DatasetSplits(asFiles(data.train()), asFiles(data.testOrValidation()));
  }

  private static ImageDataset asFiles(ImageDataset images) {
    return new DelegatingDataset(images) {
      @Override
      public boolean isDecodedOnDemand() {
        return true;
      }

      @Override
      public Optional<String> contentDigest() {
        return Optional.of("files");
      }
    };
  }
}
