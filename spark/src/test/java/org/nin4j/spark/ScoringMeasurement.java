package org.nin4j.spark;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.nin4j.Classifier;
import org.nin4j.data.Datasets;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.io.Model;

/**
 * Classification of image files of 96x96 pixels by two executors of one core, and by two threads
 * with a replica each in one process. Both decode the files, which are in memory.
 *
 * @param images number of images
 */
record ScoringMeasurement(int images) {
  private static final int REPEATS = 3;
  private static final int EXECUTORS = 2;
  private static final int SIZE = 96;
  private static final int PARTITIONS = 8;
  private static final StructType SCHEMA = new StructType().add("content", DataTypes.BinaryType);

  /** Images per second. */
  record Result(double oneProcess, double cluster) {}

  /** Measures one after the other, several times. */
  Result measure(SparkSession session, Model model) throws Exception {
    Dataset<Row> rows = rows(session);
    NinClassificationModel scoring = NinClassificationModel.of(model).setInputCol("content");
    Measured one = new Measured();
    Measured cluster = new Measured();
    List<byte[]> files = files(IntStream.range(0, Datasets.sample().train().size()).toArray());
    try (Classifier classifier = Classifier.builder(model).replicas(EXECUTORS).build()) {
      for (int i = 0; i < REPEATS; i++) {
        one.add(images / Measured.seconds(1, () -> classify(classifier, files)).median());
        cluster.add(
            images
                / Measured.seconds(
                        1,
                        () ->
                            scoring
                                .transform(rows)
                                .agg(functions.sum("prediction"))
                                .collectAsList())
                    .median());
      }
    }
    rows.unpersist();
    return new Result(one.median(), cluster.median());
  }

  private Dataset<Row> rows(SparkSession session) {
    int perPartition = images / PARTITIONS;
    Dataset<Row> rows =
        session
            .createDataFrame(
                new JavaSparkContext(session.sparkContext())
                    .parallelize(IntStream.range(0, PARTITIONS).boxed().toList(), PARTITIONS)
                    .flatMap(
                        part ->
                            files(
                                    IntStream.range(part * perPartition, (part + 1) * perPartition)
                                        .toArray())
                                .stream()
                                .map(file -> RowFactory.create((Object) file))
                                .iterator()),
                SCHEMA)
            .persist();
    rows.count();
    return rows;
  }

  /** Images of the embedded sample as PNG files. */
  private static List<byte[]> files(int[] indices) {
    ImageDataset sample = Datasets.sample().train();
    List<byte[]> files = new ArrayList<>(indices.length);
    for (int index : indices) {
      files.add(png(sample.image(index % sample.size())));
    }
    return files;
  }

  private static byte[] png(DecodedImage image) {
    BufferedImage grey =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_BYTE_GRAY);
    byte[] target = ((DataBufferByte) grey.getRaster().getDataBuffer()).getData();
    System.arraycopy(image.pixels(), 0, target, 0, target.length);
    BufferedImage large = new BufferedImage(SIZE, SIZE, BufferedImage.TYPE_BYTE_GRAY);
    var graphics = large.createGraphics();
    graphics.drawImage(grey, 0, 0, SIZE, SIZE, null);
    graphics.dispose();
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    try {
      ImageIO.write(large, "png", file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return file.toByteArray();
  }

  private double classify(Classifier classifier, List<byte[]> files) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(EXECUTORS);
    try {
      List<Future<Double>> sums = new ArrayList<>();
      for (int thread = 0; thread < EXECUTORS; thread++) {
        int first = thread;
        sums.add(
            threads.submit(
                () -> {
                  double sum = 0;
                  for (int i = first; i < images; i += EXECUTORS) {
                    byte[] file = files.get(i % files.size());
                    sum += classifier.predict(new ByteArrayInputStream(file)).probability();
                  }
                  return sum;
                }));
      }
      double sum = 0;
      for (Future<Double> each : sums) {
        sum += each.get();
      }
      return sum;
    } finally {
      threads.shutdown();
    }
  }
}
