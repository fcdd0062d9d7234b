package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code nin eval} and {@code nin predict} with a model that was just trained. */
class TrainedModelTest extends TinyTrainings {
  @Test
  void aTrainedModelCanBeTestedAndClassifiesImages() throws IOException {
    train(run, "--epochs", 2).succeeds();
    Path model = run.resolve("model.safetensors");
    JsonNode test =
        JSON.readTree(Outcome.of("eval", "--model", model, "--format", "json").succeeds().out());
    assertEquals(TinyData.TEST_IMAGES, test.get("images").asInt());
    String[] metrics = Files.readAllLines(run.resolve("metrics.csv")).get(2).split(",", -1);
    assertEquals(Double.parseDouble(metrics[5]), test.get("loss").asDouble(), 1e-6);
    assertEquals(Double.parseDouble(metrics[6]), test.get("accuracy").asDouble(), 1e-6);
    assertEquals("lower, or below", test.get("classes").get(1).get("name").asText());

    String text = Outcome.of("eval", "--model", model, "--data", data).succeeds().out();
    assertTrue(text.startsWith("accuracy " + metrics[6].substring(0, 6) + " (95 % "), text);
    assertFalse(text.contains("flips") || test.has("test_time_augmentation"), text);

    Path sheet = folder.resolve("sheet.png");
    Outcome.of("data", "show", data, "--count", 1, "--png", sheet).succeeds();
    JsonNode prediction =
        JSON.readTree(
            Outcome.of("predict", "--model", model, sheet, "--format", "json").succeeds().out());
    assertEquals(sheet.toString(), prediction.get("image").asText());
    assertEquals(2, prediction.get("predictions").size());
    List<String> csv =
        Outcome.of("predict", "--model", model, sheet, "--format", "csv", "--top", 1)
            .succeeds()
            .out()
            .lines()
            .toList();
    assertEquals(List.of("image,rank,label,probability"), csv.subList(0, 1));
    String label = prediction.get("predictions").get(0).get("label").asText();
    String quoted = label.equals("upper") ? label : '"' + label + '"';
    assertTrue(csv.get(1).startsWith(sheet + ",1," + quoted + ",0."), csv.get(1));
    assertEquals(2, csv.size());
    assertTrue(
        Outcome.of("predict", "--model", model, sheet).succeeds().out().contains(" %  " + label));
  }

  @Test
  void anEvaluationWithFlipsSaysSo() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Path model = run.resolve("model.safetensors");
    String text = Outcome.of("eval", "--model", model, "--flip").succeeds().out();
    assertTrue(
        text.lines()
            .anyMatch(
                line ->
                    line.equals(
                        "20 images of "
                            + data
                            + ", with flips: mean logits of each image and its mirror image")),
        text);
    JsonNode json =
        JSON.readTree(
            Outcome.of("eval", "--model", model, "--flip", "--format", "json").succeeds().out());
    assertEquals("horizontal_flip", json.get("test_time_augmentation").asText());
  }

  @Test
  void anImageThatCannotBeReadDoesNotPreventTheOthersFromBeingClassified() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
    Path sheet = folder.resolve("sheet.png");
    Outcome.of("data", "show", data, "--png", sheet).succeeds();
    Path model = run.resolve("model.safetensors");
    Outcome outcome = Outcome.of("predict", "--model", model, broken, sheet, "--format", "json");
    outcome.fails(1, broken + ": is not a PNG, JPEG, BMP, GIF, TIFF or WebP image");
    assertEquals(1, outcome.out().lines().count());
    Outcome.of("predict", "--model", model, folder.resolve("none.png"))
        .fails(1, "none.png: there is no such file");
    Outcome.of("predict", "--model", sheet, sheet)
        .fails(1, "is not a model file of a known format (");
    Outcome.of("predict", "--model", model, sheet, "--top", 0).fails(2, "--top must be at least 1");
    Outcome.of("predict", "--model", model, "").fails(2, "the path is empty");
  }

  @Test
  void anImageMayComeFromStandardInput() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Path model = run.resolve("model.safetensors");
    Path sheet = folder.resolve("sheet.png");
    Outcome.of("data", "show", data, "--count", 1, "--png", sheet).succeeds();
    String ofFile = Outcome.of("predict", "--model", model, sheet).succeeds().out();
    String expected = ofFile.replaceFirst(Pattern.quote(sheet.toString()), "-");
    InputStream before = System.in;
    try {
      System.setIn(new ByteArrayInputStream(Files.readAllBytes(sheet)));
      assertEquals(expected, Outcome.of("predict", "--model", model, "-").succeeds().out());
      Outcome.of("predict", "--model", model, "-").fails(1, "nin: standard input: is empty");
    } finally {
      System.setIn(before);
    }
  }
}
