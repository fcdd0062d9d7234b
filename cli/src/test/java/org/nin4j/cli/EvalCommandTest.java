package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nin4j.evaluate.Interval;
import org.nin4j.evaluate.McNemar;

/** What {@code nin eval} says of a model, and of two models. */
class EvalCommandTest extends TinyTrainings {
  private Path model;

  @BeforeEach
  void trainOne() throws IOException {
    train(run, "--epochs", 1).succeeds();
    model = run.resolve("model.safetensors");
  }

  private JsonNode json(Object... more) throws IOException {
    return JSON.readTree(eval(more, "--format", "json"));
  }

  private String eval(Object[] more, Object... last) {
    Object[] args = Arrays.copyOf(new Object[] {"eval", "--model", model}, 3 + more.length);
    System.arraycopy(more, 0, args, 3, more.length);
    Object[] all = Arrays.copyOf(args, args.length + last.length);
    System.arraycopy(last, 0, all, args.length, last.length);
    return Outcome.of(all).succeeds().out();
  }

  /** Labels all test images as the first class, so that a known number of them is wrong. */
  private void labelAllAsUpper() throws IOException {
    byte[] labels = TinyData.labels(TinyData.TEST_IMAGES);
    Arrays.fill(labels, 8, labels.length, (byte) 0);
    Files.write(data.resolve("t10k-labels-idx1-ubyte"), labels);
  }

  @Test
  void theFiguresOfTheJsonFollowFromItsConfusionMatrix() throws IOException {
    JsonNode json = json();
    assertEquals(TinyData.TEST_IMAGES, json.get("images").asInt());
    JsonNode confusion = json.get("confusion");
    int correct = confusion.get(0).get(0).asInt() + confusion.get(1).get(1).asInt();
    assertEquals(correct / 20.0, json.get("accuracy").asDouble());
    Interval interval = Interval.wilson(correct, 20, 0.95);
    assertEquals(interval.low(), json.get("accuracy_interval_95").get(0).asDouble());
    assertEquals(interval.high(), json.get("accuracy_interval_95").get(1).asDouble());
    double error = json.get("calibration_error").asDouble();
    assertTrue(error > 0 && error < 1, json.toString());
    JsonNode first = json.get("classes").get(0);
    assertEquals("upper", first.get("name").asText());
    assertEquals(10, first.get("images").asInt());
    assertEquals(confusion.get(0).get(0).asInt(), first.get("correct").asInt());
    assertEquals(
        confusion.get(0).get(0).asInt() + confusion.get(1).get(0).asInt(),
        first.get("predicted").asInt());
    assertEquals(confusion.get(0).get(0).asInt() / 10.0, first.get("recall").asDouble());
    assertEquals(
        (first.get("recall").asDouble() + json.get("classes").get(1).get("recall").asDouble()) / 2,
        json.get("macro_average").get("recall").asDouble(),
        1e-15);
    assertFalse(json.has("top_5_accuracy"), "there are two classes");
    assertFalse(json.has("against"), "no other model is given");
  }

  @Test
  void theColumnsOfTheTextAreAligned() {
    List<String> lines = eval(new Object[0]).lines().toList();
    int header =
        lines.indexOf(lines.stream().filter(l -> l.startsWith("class ")).findFirst().get());
    assertTrue(lines.get(header).endsWith("precision  recall     F1"), lines.get(header));
    for (int row : new int[] {1, 2, 3, 4, 5}) {
      assertEquals(lines.get(header).length(), lines.get(header + row).length(), lines.toString());
    }
    assertTrue(lines.get(header + 3).startsWith("lower, or below "), lines.toString());
  }

  @Test
  void aClassWithoutTestImagesHasNoRecall() throws IOException {
    labelAllAsUpper();
    JsonNode lower = json().get("classes").get(1);
    assertTrue(lower.get("recall").isNull(), lower.toString());
    assertEquals(0, lower.get("images").asInt());
    String row =
        eval(new Object[0]).lines().filter(l -> l.startsWith("lower, or")).findFirst().get();
    assertTrue(row.matches("lower, or below +- +0 +[0-9.-]+ +- +[0-9.-]+"), row);
  }

  @Test
  void aModelIsAsGoodAsItself() throws IOException {
    JsonNode against = json("--against", model).get("against");
    assertEquals(1, against.get("mcnemar").get("p_value").asDouble());
    assertEquals("exact_binomial", against.get("mcnemar").get("method").asText());
    assertEquals(20, against.get("both_correct").asInt() + against.get("both_wrong").asInt());
    String text = eval(new Object[] {"--against", model});
    assertTrue(text.contains("\nagainst " + model + ":\naccuracy "), text);
    assertTrue(text.endsWith("the difference may be chance.\n"), text);
  }

  /** The wrong labels leave the model that was trained on them with all images right. */
  @Test
  void aBetterModelIsToldApartFromAWorseOne() throws IOException {
    Path other = folder.resolve("other");
    Path liar = TinyData.folder(folder.resolve("lie"), 40);
    byte[] labels = TinyData.labels(40);
    for (int i = 8; i < labels.length; i++) {
      labels[i] = (byte) (1 - labels[i]);
    }
    Files.write(liar.resolve("train-labels-idx1-ubyte"), labels);
    Path good = folder.resolve("good");
    train(good, "--epochs", 30).succeeds();
    Outcome.of("train", "--net", network, "--data", liar, "--out", other, "--epochs", 30)
        .succeeds();
    model = good.resolve("model.safetensors");
    Path worse = other.resolve("model.safetensors");
    JsonNode json = json("--against", worse, "--data", data);
    JsonNode against = json.get("against");
    assertEquals(1, json.get("accuracy").asDouble());
    assertEquals(0, against.get("accuracy").asDouble());
    assertEquals(20, against.get("only_model_correct").asInt());
    assertEquals(0, against.get("only_against_correct").asInt());
    double p = new McNemar(0, 20, 0, 0).pValue();
    assertEquals(p, against.get("mcnemar").get("p_value").asDouble());
    String text = eval(new Object[] {"--against", worse, "--data", data});
    assertTrue(
        text.contains("McNemar's test (exact binomial): p < 0.0001\n" + model + " is better"),
        text);
  }

  @Test
  void onlyModelsOfTheSameClassesAreCompared() throws IOException {
    Path renamed = TinyData.folder(folder.resolve("renamed"), 40);
    Files.writeString(renamed.resolve("classes.txt"), "above\nbelow\n");
    Path other = folder.resolve("other");
    Outcome.of("train", "--net", network, "--data", renamed, "--out", other, "--epochs", 1)
        .succeeds();
    Path otherModel = other.resolve("model.safetensors");
    Outcome.of("eval", "--model", model, "--against", otherModel)
        .fails(2, "--against: the classes of " + otherModel + " are not those of " + model);
    Outcome.of("eval", "--model", model, "--against", folder.resolve("none.safetensors"))
        .fails(1, "none.safetensors: there is no such file");
    Outcome.of("eval", "--model", model, "--against", "nin-nothing").fails(2, "--against: ");
  }
}
