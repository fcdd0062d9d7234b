package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.attribute.AttributeGroup;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.IndexToString;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.image.ImageSchema;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.Classifier;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageFiles;
import org.nin4j.io.BlockModel;
import org.nin4j.io.Model;
import org.nin4j.io.PretrainedModels;

class NinClassificationModelTest {
  private static final SparkSession SPARK = LocalSpark.session();
  private static final Model COLOUR = PretrainedModels.named("nin-small-cifar10");
  private static final StructType SCHEMA =
      new StructType()
          .add("path", DataTypes.StringType)
          .add("image", ImageSchema.columnSchema())
          .add("content", DataTypes.BinaryType)
          .add("label", DataTypes.StringType);

  /** Twelve pictures of several sizes, opaque and not. */
  private static List<Row> pictures() {
    return IntStream.range(0, 12)
        .mapToObj(
            i ->
                Pictures.png(
                    i % 3 == 0 ? BufferedImage.TYPE_4BYTE_ABGR : BufferedImage.TYPE_3BYTE_BGR,
                    30 + i % 4,
                    32 + i % 2,
                    i))
        .map(NinClassificationModelTest::row)
        .toList();
  }

  private static Row row(byte[] png) {
    String path = "f" + Arrays.hashCode(png);
    return RowFactory.create(path, Pictures.struct(path, png), png, "cat");
  }

  private static Dataset<Row> dataset(List<Row> rows) {
    return SPARK.createDataFrame(rows, SCHEMA);
  }

  @ParameterizedTest
  @CsvSource({"image,false", "content,false", "image,true", "content,true"})
  void theBitsAreThoseOfAClassifier(String inputCol, boolean grey) throws IOException {
    Model model = grey ? BlockModel.plain() : COLOUR;
    List<Row> classified =
        NinClassificationModel.of(model)
            .setInputCol(inputCol)
            .transform(dataset(pictures()))
            .collectAsList();
    assertEquals(12, classified.size());
    try (Classifier classifier = Classifier.of(model)) {
      for (Row row : classified) {
        DecodedImage image =
            ImageFiles.read(
                new ByteArrayInputStream(row.<byte[]>getAs("content")),
                model.preprocessing().channels());
        float[] expected = new float[model.classes().size()];
        classifier.logits(
            image.pixels(), image.channels(), image.height(), image.width(), expected);
        assertArrayEquals(doubles(expected), row.<Vector>getAs("rawPrediction").toArray());
        int index =
            classifier.classify(
                image.pixels(), image.channels(), image.height(), image.width(), expected);
        assertArrayEquals(doubles(expected), row.<Vector>getAs("probability").toArray());
        assertEquals(index, row.<Double>getAs("prediction"));
        assertEquals(model.classes().get(index), row.getAs("predictedLabel"));
      }
    }
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  @Test
  void columnsSayTheirClassesAndThoseOfTheInputKeepWhatTheySay() {
    NinClassificationModel model = NinClassificationModel.of(COLOUR);
    Dataset<Row> indexed =
        new StringIndexer()
            .setInputCol("label")
            .setOutputCol("index")
            .fit(dataset(pictures()))
            .transform(dataset(pictures()));
    Dataset<Row> classified = model.transform(indexed);
    assertEquals(model.transformSchema(indexed.schema()), classified.schema());
    assertEquals(
        indexed.schema().apply("index").metadata(), classified.schema().apply("index").metadata());
    for (String vector : List.of("rawPrediction", "probability")) {
      assertEquals(10, AttributeGroup.fromStructField(classified.schema().apply(vector)).size());
    }
    for (Row row :
        new IndexToString()
            .setInputCol("prediction")
            .setOutputCol("named")
            .transform(classified)
            .select("predictedLabel", "named")
            .collectAsList()) {
      assertEquals(row.getString(0), row.getString(1));
    }
  }

  @Test
  void columnsWithoutANameAreLeftOut() {
    Dataset<Row> classified =
        NinClassificationModel.of(COLOUR)
            .setRawPredictionCol("")
            .setProbabilityCol("")
            .setPredictedLabelCol("")
            .setPredictionCol("class")
            .transform(dataset(pictures()).select("content", "image"));
    assertArrayEquals(new String[] {"content", "image", "class"}, classified.columns());
    assertEquals(12, classified.collectAsList().size());
  }

  /** The classes of the model are in alphabetical order, and so are the indices of the labels. */
  @Test
  void aPipelineEndsInTheEvaluatorsOfMllib() {
    NinClassificationModel model = NinClassificationModel.of(COLOUR);
    List<Row> labelled = new ArrayList<>();
    int right = 0;
    for (Row row : model.transform(dataset(pictures())).collectAsList()) {
      String predicted = row.getAs("predictedLabel");
      int i = labelled.size();
      String label = i < 10 ? model.classNames().get(i) : predicted;
      right += label.equals(predicted) ? 1 : 0;
      labelled.add(RowFactory.create(row.get(0), row.get(1), row.get(2), label));
    }
    StringIndexer indexer =
        new StringIndexer()
            .setInputCol("label")
            .setOutputCol("index")
            .setStringOrderType("alphabetAsc");
    Dataset<Row> rows = dataset(labelled);
    PipelineModel pipeline =
        new Pipeline().setStages(new PipelineStage[] {indexer, model}).fit(rows);
    double accuracy =
        new MulticlassClassificationEvaluator()
            .setLabelCol("index")
            .setMetricName("accuracy")
            .evaluate(pipeline.transform(rows));
    assertEquals(right / 12.0, accuracy, 1e-12);
    assertTrue(right >= 2);
  }

  /** A sound picture, a null, half a file or too few bytes, and a single pixel. */
  private static List<Row> invalid(String inputCol) {
    byte[] png = Pictures.png(BufferedImage.TYPE_3BYTE_BGR, 30, 40, 1);
    byte[] jpeg = Pictures.jpeg(30, 40, 1);
    byte[] pixel = Pictures.png(BufferedImage.TYPE_3BYTE_BGR, 1, 1, 1);
    List<Row> rows = new ArrayList<>();
    rows.add(row(png));
    if (inputCol.equals("image")) {
      rows.add(RowFactory.create("f", null, png, "cat"));
      rows.add(
          RowFactory.create(
              "f", RowFactory.create("short", 30, 40, 3, 16, new byte[3599]), png, "cat"));
      rows.add(RowFactory.create("f", Pictures.struct("pixel", pixel), png, "cat"));
    } else {
      rows.add(RowFactory.create("f", null, null, "cat"));
      rows.add(RowFactory.create("half", null, Arrays.copyOf(jpeg, jpeg.length / 2), "cat"));
      rows.add(RowFactory.create("f", null, pixel, "cat"));
    }
    return rows;
  }

  @ParameterizedTest
  @ValueSource(strings = {"image", "content"})
  void invalidImagesAreSkippedOrKept(String inputCol) {
    NinClassificationModel model = NinClassificationModel.of(COLOUR).setInputCol(inputCol);
    Dataset<Row> rows = dataset(invalid(inputCol));
    Row sound = model.setHandleInvalid("skip").transform(rows).collectAsList().get(0);
    assertEquals(1, model.transform(rows).count());
    List<Row> kept = model.setHandleInvalid("keep").transform(rows).collectAsList();
    assertEquals(4, kept.size());
    int invalid = 0;
    for (Row row : kept) {
      if (row.getAs("predictedLabel") == null) {
        invalid++;
        assertNull(row.getAs("predictedLabel"));
        assertEquals(Double.NaN, row.<Double>getAs("prediction"));
        double[] none = new double[10];
        Arrays.fill(none, Double.NaN);
        assertArrayEquals(none, row.<Vector>getAs("probability").toArray());
        assertArrayEquals(none, row.<Vector>getAs("rawPrediction").toArray());
      } else {
        assertEquals(sound.<Vector>getAs("probability"), row.<Vector>getAs("probability"));
      }
    }
    assertEquals(3, invalid);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image|1|the image in column 'image' is null",
        "image|2|the image in column 'image' of short has 3599 bytes, which are not 30 rows of 40"
            + " pixels of 3 bytes",
        "image|3|the image in column 'image' of pixel has 1 x 1 pixels, too few to show anything",
        "content|1|the image in column 'content' of f is null"
      })
  void anInvalidImageEndsTheJobWithOneSentence(String inputCol, int index, String expected) {
    Dataset<Row> one = dataset(invalid(inputCol).subList(index, index + 1));
    Dataset<Row> classified =
        NinClassificationModel.of(COLOUR).setInputCol(inputCol).transform(one);
    Throwable failure = assertThrows(SparkException.class, classified::collectAsList);
    assertEquals(
        expected
            + "; set handleInvalid to skip to leave such rows out, or to keep to keep them without"
            + " a class",
        failure.getCause().getMessage());
    assertTrue(failure.getMessage().lines().noneMatch(line -> line.startsWith("\tat ")));
  }

  @Test
  void whatCannotBeTransformedIsRefusedBeforeAJobBegins() {
    NinClassificationModel model = NinClassificationModel.of(COLOUR);
    Dataset<Row> rows = dataset(pictures());
    assertEquals(
        "inputCol is 'picture', but there is no such column; there are: path, image, content,"
            + " label",
        refusal(() -> model.copy(ParamMap.empty()).setInputCol("picture").transform(rows)));
    assertTrue(
        refusal(() -> model.copy(ParamMap.empty()).setInputCol("label").transformSchema(SCHEMA))
            .endsWith("but is string"));
    assertEquals(
        "rawPredictionCol is 'rawPrediction', but there is such a column already; drop it, or set"
            + " rawPredictionCol to another name or to \"\" for none",
        refusal(() -> model.transform(model.transform(rows))));
    assertEquals(
        "predictedLabelCol is 'prediction', but there is such a column already; drop it, or set"
            + " predictedLabelCol to another name or to \"\" for none",
        refusal(
            () -> model.copy(ParamMap.empty()).setPredictedLabelCol("prediction").transform(rows)));
    assertEquals(
        "inferencePrecision cannot be used: the model is not quantized, so it cannot compute in"
            + " int8",
        refusal(() -> model.copy(ParamMap.empty()).setInferencePrecision("int8").transform(rows)));
  }

  @Test
  void aValueThatIsNotValidIsRefusedWithWhatIsValid() {
    NinClassificationModel model = new NinClassificationModel();
    assertEquals(
        "parameter handleInvalid must be one of error, skip, keep, but is 'drop'",
        refusal(() -> model.setHandleInvalid("drop")));
    assertEquals("parameter inputCol must not be empty", refusal(() -> model.setInputCol("")));
    assertEquals(
        "parameter predictionCol must not be null", refusal(() -> model.setPredictionCol(null)));
  }

  private static String refusal(Runnable attempt) {
    return assertThrows(IllegalArgumentException.class, attempt::run).getMessage();
  }

  @Test
  void extraParametersAreThoseOfACopy() {
    NinClassificationModel model = NinClassificationModel.of(COLOUR);
    Dataset<Row> classified =
        model.transform(dataset(pictures()), model.predictionCol().w("class"));
    assertTrue(Arrays.asList(classified.columns()).contains("class"));
    assertEquals("prediction", model.getPredictionCol());
    NinClassificationModel copy = model.copy(ParamMap.empty().put(model.inputCol(), "content"));
    assertEquals("content", copy.getInputCol());
    assertEquals(model.uid(), copy.uid());
    assertEquals(model.classNames(), copy.classNames());
    assertEquals(model.estimatedSize(), copy.estimatedSize());
  }

  @Test
  void aQuantizedModelComputesInTheArithmeticThatIsSet() {
    NinClassificationModel model = NinClassificationModel.of(BlockModel.quantized());
    Dataset<Row> rows = dataset(pictures());
    for (String precision : List.of("auto", "fp32")) {
      model.setInferencePrecision(precision);
      assertEquals(12, model.transform(rows).collectAsList().size());
    }
    assertEquals(3, model.numClasses());
  }

  @Test
  void aModelWithoutANetworkSaysHowToGetOne() {
    assertEquals(
        "m has no network; make a model by NinClassifier.fit, load, fromFile or of",
        assertThrows(
                IllegalStateException.class,
                () -> new NinClassificationModel("m").transform(dataset(pictures())))
            .getMessage());
  }
}
