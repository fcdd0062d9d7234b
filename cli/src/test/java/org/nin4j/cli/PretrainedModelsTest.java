package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.internal.json.Json;
import org.nin4j.io.Model;
import org.nin4j.io.PretrainedModels;
import org.nin4j.io.SourceModel;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;

class PretrainedModelsTest {
  private static final Path RECIPES = Path.of("..", "docs", "pretrained");
  private static final long LARGEST = 1_000_000;

  @ParameterizedTest
  @MethodSource("org.nin4j.io.PretrainedModels#names")
  void theRunFileInTheDocsIsThatOfTheModel(String name) throws IOException {
    Model model = PretrainedModels.named(name);
    Path file = RECIPES.resolve(name + ".yaml");
    Recipe recipe =
        Json.object(
            YamlFile.read(file),
            file.toString(),
            "a run",
            run -> {
              assertEquals(model.network().name(), run.text("net"));
              assertEquals(model.provenance().get("seed"), Long.toString(run.longNumber("seed")));
              assertEquals(model.provenance().get("precision"), run.text("precision"));
              assertEquals(model.network().input().height(), run.intNumber("size"));
              run.text("data");
              run.flag("grey");
              return RecipeJson.read(run.objectText("recipe"), file.toString());
            });
    assertEquals(RecipeJson.read(model.provenance().get("recipe"), name), recipe);
  }

  @ParameterizedTest
  @MethodSource("org.nin4j.io.PretrainedModels#names")
  void aModelThatComesWithTheLibraryIsSmall(String name) throws IOException {
    assertTrue(SourceModel.read(name).bytes() < LARGEST);
  }
}
