package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;

class RecipeCommandTest extends TinyTrainings {
  @Test
  void listShowsEveryRecipe() {
    List<String> lines = Outcome.of("recipe", "list").succeeds().out().lines().toList();
    for (String name : Recipe.names()) {
      int epochs = Recipe.named(name).epochs();
      assertTrue(
          lines.stream().anyMatch(line -> line.matches(name + " .* " + epochs + " .*")), name);
    }
  }

  @Test
  void everyRecipeIsShownCompletelyInBothFormats() throws IOException {
    for (String name : Recipe.names()) {
      String json = Outcome.of("recipe", "show", name, "--format", "json").succeeds().out();
      assertEquals(Recipe.named(name), RecipeJson.read(json, "test"));
      String yaml = Outcome.of("recipe", "show", name).succeeds().out();
      assertTrue(yaml.startsWith("# "), yaml);
      Path file = Files.writeString(folder.resolve(name + ".yml"), yaml);
      assertEquals(JSON.readTree(json), JSON.readTree(YamlFile.read(file)));
      assertEquals(yaml, Outcome.of("recipe", "show", file).succeeds().out());
    }
  }

  @Test
  void aFileCanTakeTheNamesPlace() throws IOException {
    train(folder.resolve("named"), "--recipe", "d2l", "--epochs", 1).succeeds();
    for (String format : List.of("yaml", "json")) {
      String shown = Outcome.of("recipe", "show", "d2l", "--format", format).succeeds().out();
      Path file = Files.writeString(folder.resolve("mine." + format), shown);
      Path run = folder.resolve(format);
      train(run, "--recipe", file, "--epochs", 1).succeeds();
      assertArrayEquals(
          Files.readAllBytes(folder.resolve("named").resolve("model.safetensors")),
          Files.readAllBytes(run.resolve("model.safetensors")));
    }
  }

  @Test
  void optionsChangeTheRecipe() throws IOException {
    Path run = folder.resolve("run");
    train(
            run,
            "--epochs=1",
            "--batch-size=16",
            "--shards=2",
            "--lr=1e-2",
            "--weight-decay=0.25",
            "--label-smoothing=0.5",
            "--val-split=0.2",
            "--patience=3")
        .succeeds();
    JsonNode recipe = JSON.readTree(run.resolve("run.json").toFile()).get("setup").get("recipe");
    Recipe expected =
        Recipe.DEFAULT.with(
            changed ->
                changed
                    .epochs(1)
                    .batchSize(16)
                    .shards(2)
                    .learningRate(0.01)
                    .optimizer(Recipe.DEFAULT.optimizer().withWeightDecay(0.25f))
                    .labelSmoothing(0.5)
                    .patience(3));
    assertEquals(JSON.readTree(RecipeJson.write(expected)), recipe);
  }

  @Test
  void aRecipeThatIsUnknownOrDamagedIsExplained() throws IOException {
    Outcome.of("recipe", "show", "defualt").fails(2, "did you mean 'default'?");
    Outcome.of("recipe", "show", "default", "--format", "xml").fails(2, "unknown format 'xml'");
    Outcome.of("recipe").fails(2, "missing command: list or show");
    Path file = folder.resolve("mine.yaml");
    Outcome.of("recipe", "show", file).fails(1, file + ": there is no such file");
    Files.writeString(file, "name: x\nname: y\n");
    Outcome.of("recipe", "show", file).fails(1, file + ": cannot be read at line 2, column 1: ");
    String yaml = Outcome.of("recipe", "show", "default").succeeds().out();
    Files.writeString(file, yaml.replace("beta1", "beta3"));
    train(folder.resolve("run"), "--recipe", file)
        .fails(1, file + ": optimizer.beta3: unknown AdamW field 'beta3'; did you mean 'beta1'?");
    Files.writeString(file, yaml.replace("epochs: 11", "epochs: eleven"));
    train(folder.resolve("run"), "--recipe", file)
        .fails(1, file + ": epochs must be a whole number, but is \"eleven\"");
  }
}
