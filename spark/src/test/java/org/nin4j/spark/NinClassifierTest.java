package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.spark.ml.Pipeline;
import org.apache.spark.ml.PipelineModel;
import org.apache.spark.ml.PipelineStage;
import org.apache.spark.ml.evaluation.MulticlassClassificationEvaluator;
import org.apache.spark.ml.feature.StringIndexer;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.tuning.CrossValidator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.Engines;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Precision;
import org.nin4j.io.Model;
import org.nin4j.nn.NetworkJson;
import org.nin4j.train.EverythingRandom;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;

/** A training on Spark gives the model file of one machine, to the byte. */
class NinClassifierTest {
  private static final SparkSession SESSION = LocalSpark.session();
  private static final String[] CLASSES = TinyTask.data().train().classes().toArray(String[]::new);

  private static Recipe oneEpoch() {
    return TinyTask.recipe().with(recipe -> recipe.epochs(1));
  }

  private static NinClassifier classifier(Recipe recipe) {
    return new NinClassifier()
        .setNetwork(NetworkJson.write(TinyTask.network()))
        .setRecipe(RecipeJson.write(recipe))
        .setPrecision("fp32")
        .setIdCol("id")
        .setValidationIndicatorCol("isTest")
        .setClassNames(CLASSES)
        .setAntialias(false);
  }

  private static byte[] expected(DatasetSplits data, Recipe recipe) throws IOException {
    Model model =
        new Trainer(Engines.best(), TinyTask.network(), data, recipe)
            .seed(1)
            .precision(Precision.FP32)
            .dataSource(new DataSource("spark"))
            .threads(2)
            .train()
            .model();
    return SavedModel.of(model).file();
  }

  private static byte[] file(NinClassificationModel model) throws IOException {
    return SavedModel.of(model.ninModel()).file();
  }

  private static List<Row> rows() {
    return DatasetRows.of(TinyTask.data());
  }

  private static Dataset<Row> dataset(List<Row> rows) {
    return DatasetRows.dataset(SESSION, rows);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theModelIsThatOfOneMachineWhateverTheOrderOfTheRows(int workers) throws IOException {
    DatasetSplits data = EverythingRandom.data();
    List<Row> rows = DatasetRows.of(data);
    Collections.shuffle(rows, new Random(workers));
    Dataset<Row> images = dataset(rows).repartition(1 + workers);
    NinClassificationModel model =
        classifier(EverythingRandom.recipe()).setNumWorkers(workers).fit(images);
    assertArrayEquals(expected(data, EverythingRandom.recipe()), file(model));
    assertEquals(2, model.summary().totalIterations());
  }

  @Test
  void imagesThatAreResizedWithAntialiasingAreTreatedAsThoseOfFiles() throws IOException {
    DatasetSplits files = DatasetRows.asFiles(TinyTask.data());
    NinClassificationModel model = classifier(oneEpoch()).setAntialias(true).fit(dataset(rows()));
    assertArrayEquals(expected(files, oneEpoch()), file(model));
  }

  @Test
  void labelsMayBeIndices() throws IOException {
    Dataset<Row> indices =
        dataset(rows())
            .withColumn(
                "label",
                functions
                    .array_position(functions.lit(CLASSES), functions.col("label"))
                    .minus(1)
                    .cast("double"));
    assertArrayEquals(
        expected(TinyTask.data(), oneEpoch()), file(classifier(oneEpoch()).fit(indices)));
  }

  @Test
  void withoutIdsTheSameImagesGiveTheSameModel() throws IOException {
    NinClassifier classifier = classifier(oneEpoch());
    classifier.clear(classifier.idCol());
    List<Row> rows = rows();
    byte[] model = file(classifier.fit(dataset(rows)));
    Collections.shuffle(rows, new Random(1));
    assertArrayEquals(model, file(classifier.fit(dataset(rows).repartition(4))));
  }

  @Test
  void withoutImagesToTestOnATenthIsHeldOut() {
    NinClassificationModel model =
        classifier(oneEpoch()).setValidationIndicatorCol("").fit(dataset(rows()));
    assertTrue(model.ninModel().provenance().containsKey("validation_accuracy"));
  }

  @Test
  void aPipelineTrainsOnIndexedLabelsAndACrossValidatorChooses() {
    StringIndexer indexer = new StringIndexer().setInputCol("label").setOutputCol("index");
    NinClassifier classifier =
        classifier(oneEpoch())
            .setLabelCol("index")
            .setClassNames(new String[0])
            .setValidationIndicatorCol("");
    Pipeline pipeline = new Pipeline().setStages(new PipelineStage[] {indexer, classifier});
    CrossValidator validator =
        new CrossValidator()
            .setEstimator(pipeline)
            .setEvaluator(new MulticlassClassificationEvaluator().setLabelCol("index"))
            .setEstimatorParamMaps(new ParamMap[] {ParamMap.empty()})
            .setNumFolds(2);
    PipelineModel model = (PipelineModel) validator.fit(dataset(rows())).bestModel();
    NinClassificationModel trained = (NinClassificationModel) model.stages()[1];
    assertEquals(Set.of(CLASSES), Set.copyOf(trained.classNames())); // by falling frequency
    assertEquals(71, model.transform(dataset(rows())).filter("predictedLabel is not null").count());
  }

  @Test
  void anEstimatorIsSavedAndLoadedWithItsParameters(@TempDir Path folder) throws IOException {
    NinClassifier classifier = classifier(oneEpoch()).setSeed(7).setNumWorkers(3);
    String path = folder.resolve("estimator").toString();
    classifier.save(path);
    NinClassifier loaded = NinClassifier.load(path);
    assertEquals(classifier.uid(), loaded.uid());
    assertEquals(7, loaded.getSeed());
    assertEquals(3, loaded.getNumWorkers());
    assertEquals(classifier.getNetwork(), loaded.getNetwork());
    assertArrayEquals(CLASSES, loaded.getClassNames());
  }

  @Test
  void checkpointsLetATrainingGoOn(@TempDir Path folder) throws IOException {
    NinClassifier classifier =
        classifier(TinyTask.recipe().with(r -> r.epochs(2)))
            .setCheckpointDir(folder.resolve("checkpoints").toString());
    byte[] model = file(classifier.fit(dataset(rows())));
    assertArrayEquals(model, file(classifier.fit(dataset(rows()))));
  }

  /** A row with a null, or with bytes that are no image. */
  private static List<Row> with(Row... more) {
    List<Row> rows = new ArrayList<>(rows());
    rows.addAll(List.of(more));
    return rows;
  }

  private static Row row(Object image, Object label, Object id, Object test) {
    return RowFactory.create(image, label, id, test);
  }

  private static final Row GOOD = rows().get(0).getStruct(0);
  private static final Row DAMAGED = RowFactory.create("a.png", 8, 8, 1, 0, new byte[3]);

  private static void refused(String message, NinClassifier classifier, Dataset<Row> rows) {
    IllegalArgumentException thrown =
        assertThrows(IllegalArgumentException.class, () -> classifier.fit(rows));
    assertEquals(message, thrown.getMessage());
  }

  @Test
  void rowsWithoutAnImageAreRefusedOrLeftOut() throws IOException {
    NinClassifier classifier = classifier(oneEpoch());
    Dataset<Row> missing = dataset(with(row(null, "none", 5L, false)));
    Dataset<Row> damaged = dataset(with(row(DAMAGED, "none", 5L, false)));
    refused(
        "the image in column 'image' is null; handleInvalid 'skip' leaves out such rows",
        classifier,
        missing);
    refused(
        "the image in column 'image' of a.png has 3 bytes, which are not 8 rows of 8 pixels of"
            + " 1 byte; handleInvalid 'skip' leaves out such rows",
        classifier,
        damaged);
    byte[] expected = expected(TinyTask.data(), oneEpoch());
    assertArrayEquals(expected, file(classifier.setHandleInvalid("skip").fit(missing)));
    assertArrayEquals(expected, file(classifier.fit(damaged)));
    refused(
        "handleInvalid 'keep' is for scoring: nothing can be learned from a row without an image;"
            + " use 'skip' to leave out such rows, or 'error'",
        classifier.setHandleInvalid("keep"),
        missing);
  }

  @Test
  void labelsThatAreNoneOfTheClassesAreRefused() {
    NinClassifier classifier = classifier(oneEpoch());
    refused(
        "the label 'dots' in column 'label' is that of none of the 3 classes: horizontal, vertical,"
            + " none",
        classifier,
        dataset(with(row(GOOD, "dots", 5L, false))));
    refused(
        "a label in column 'label' is null", classifier, dataset(with(row(GOOD, null, 5L, false))));
    refused(
        "the label 'dots' in column 'label' is only that of images to test on, so it cannot be"
            + " learned; train on some of them, or leave them out",
        classifier.setClassNames(new String[0]),
        dataset(with(row(GOOD, "dots", 5L, true))));
  }

  @Test
  void idsThatAreNullOrNotDifferentAreRefused() {
    NinClassifier classifier = classifier(oneEpoch());
    refused(
        "the id 10 in column 'id' is that of several rows",
        classifier,
        dataset(with(row(GOOD, "none", 10L, false))));
    refused(
        "an id in column 'id' is null", classifier, dataset(with(row(GOOD, "none", null, false))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "image | inputCol is 'image', which must be Spark's image struct (struct<origin:string,"
            + "height:int,width:int,nChannels:int,mode:int,data:binary>) or binary (the bytes of"
            + " image files), but is string",
        "isTest | validationIndicatorCol is 'isTest', which must be boolean, but is string"
      })
  void aColumnOfTheWrongTypeIsRefusedBeforeAnythingRuns(String column, String message) {
    Dataset<Row> wrong = dataset(rows()).withColumn(column, functions.lit("text"));
    IllegalArgumentException thrown =
        assertThrows(
            IllegalArgumentException.class,
            () -> classifier(oneEpoch()).transformSchema(wrong.schema()));
    assertEquals(message, thrown.getMessage());
  }
}
