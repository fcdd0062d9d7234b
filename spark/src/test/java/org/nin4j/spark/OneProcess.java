package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.nin4j.Classifier;
import org.nin4j.Prediction;
import org.nin4j.data.ImageDataset;
import org.nin4j.io.Model;
import org.nin4j.io.Models;

/**
 * What one process computes, with which the results of a {@link SparkDriver} are compared.
 *
 * @param task what is trained
 * @param model the model's file
 */
record OneProcess(TrainingTask task, Path model) {
  /** Trains in this process. */
  static OneProcess train(TrainingTask task, Path folder) throws IOException {
    Path model = folder.resolve("one-process.safetensors");
    Models.write(model, task.trainer().train().model());
    return new OneProcess(task, model);
  }

  /** The model's file has the same bytes. */
  void assertSameModel(Path results, String when) throws IOException {
    assertArrayEquals(Files.readAllBytes(model), Files.readAllBytes(modelFile(results)), when);
  }

  private static Path modelFile(Path results) throws IOException {
    try (Stream<Path> files = Files.walk(results.resolve(SparkDriver.MODEL))) {
      List<Path> models = files.filter(f -> f.toString().endsWith(".safetensors")).toList();
      assertEquals(1, models.size(), models.toString());
      return models.get(0);
    }
  }

  /** The probabilities of the test images are those of a {@link Classifier}. */
  void assertSameProbabilities(Path results) throws IOException {
    Model read = Models.read(model);
    ImageDataset images = task.images().testOrValidation();
    try (Classifier classifier = Classifier.of(read);
        DataInputStream found =
            new DataInputStream(Files.newInputStream(results.resolve(SparkDriver.PROBABILITIES)))) {
      for (int i = 0; i < images.size(); i++) {
        Prediction prediction = classifier.predict(images.image(i));
        for (String label : read.classes()) {
          assertEquals(probability(prediction, label), found.readDouble(), "image " + i);
        }
      }
      assertEquals(-1, found.read());
    }
  }

  private static double probability(Prediction prediction, String label) {
    return prediction.ranking().stream()
        .filter(ranked -> ranked.label().equals(label))
        .findFirst()
        .orElseThrow()
        .probability();
  }
}
