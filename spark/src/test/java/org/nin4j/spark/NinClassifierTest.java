package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.Engines;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Precision;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.nn.NetworkJson;
import org.nin4j.train.EverythingRandom;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;

/** A training on Spark gives the model file of one machine, to the byte. */
class NinClassifierTest {
  private static final SparkSession SESSION = LocalSpark.session();

  @TempDir private Path folder;

  private byte[] file(Model model) throws IOException {
    Path file = folder.resolve("model.safetensors");
    Models.write(file, model);
    return Files.readAllBytes(file);
  }

  private static NinClassifier classifier(Recipe recipe) {
    return new NinClassifier()
        .setNetwork(NetworkJson.write(TinyTask.network()))
        .setRecipe(RecipeJson.write(recipe))
        .setPrecision("fp32")
        .setIdCol("id")
        .setValidationIndicatorCol("isTest")
        .setClassNames(TinyTask.data().train().classes().toArray(String[]::new))
        .setAntialias(false);
  }

  private static Model expected(DatasetSplits data, Recipe recipe) throws IOException {
    return new Trainer(Engines.best(), TinyTask.network(), data, recipe)
        .seed(1)
        .precision(Precision.FP32)
        .dataSource(new DataSource("spark"))
        .threads(2)
        .train()
        .model();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void theModelIsThatOfOneMachine(int workers) throws IOException {
    DatasetSplits data = EverythingRandom.data();
    List<Row> rows = DatasetRows.of(data);
    Collections.shuffle(rows, new Random(workers));
    Dataset<Row> images = DatasetRows.dataset(SESSION, rows).repartition(workers);
    NinClassifier classifier = classifier(EverythingRandom.recipe()).setNumWorkers(workers);
    Model trained = classifier.fit(images).ninModel();
    assertArrayEquals(file(expected(data, EverythingRandom.recipe())), file(trained));
  }
}
