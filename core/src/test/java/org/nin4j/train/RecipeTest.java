package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.nin4j.data.RandomShift;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Networks;

class RecipeTest {
  @Test
  void d2lIsTheChaptersTraining() {
    Recipe recipe = Recipe.named("d2l");
    assertEquals(Initializer.XAVIER_UNIFORM, recipe.initializer());
    assertEquals(new OptimizerConfig.Sgd(0, false, 0), recipe.optimizer());
    assertEquals(Schedule.constant(0.1), recipe.schedule());
    assertEquals(128, recipe.batchSize());
    assertEquals(10, recipe.epochs());
    assertEquals(224, recipe.imageSize());
    assertEquals(List.of(), recipe.augmentations());
    assertEquals(Double.POSITIVE_INFINITY, recipe.clipNorm());
  }

  @Test
  void jsonKeepsEveryField() throws IOException {
    Recipe odd =
        new Recipe(
            "odd \"one\"",
            Initializer.HE,
            new OptimizerConfig.Sgd(0.9f, true, 1e-4f),
            new Schedule(1.0 / 3, 0.07, true),
            3,
            5,
            4,
            7,
            2.5,
            List.of(new RandomShift(2)),
            false,
            0.1);
    for (Recipe recipe : new Recipe[] {Recipe.DEFAULT, Recipe.D2L, odd}) {
      assertEquals(recipe, RecipeJson.read(RecipeJson.write(recipe).toString()));
    }
  }

  @Test
  void jsonThatIsNoRecipeIsMetWithTheField() {
    String json = RecipeJson.write(Recipe.DEFAULT).toString();
    IOException missing =
        assertThrows(IOException.class, () -> RecipeJson.read(json.replace("epochs", "epoch")));
    assertTrue(missing.getMessage().contains("'epochs'"), missing.getMessage());
    IOException unknown =
        assertThrows(IOException.class, () -> RecipeJson.read(json.replace("AdamW", "RMSprop")));
    assertTrue(unknown.getMessage().contains("'RMSprop'"), unknown.getMessage());
  }

  @Test
  void aSetupSurvivesItsJsonForEveryPreset() throws IOException {
    for (Networks preset : Networks.values()) {
      TrainingSetup setup =
          new TrainingSetup(
              preset.build(), Recipe.D2L, Long.MIN_VALUE, Precision.BF16, "a \"b\"", "c");
      TrainingSetup read =
          TrainingSetup.fromJson(
              new ObjectMapper().readTree(setup.toJson().toPrettyString()), "test");
      assertEquals(setup, read);
    }
  }

  @Test
  void changesAreChecked() {
    Recipe recipe = Recipe.DEFAULT;
    assertEquals(3, recipe.withEpochs(3).epochs());
    assertEquals(3, recipe.withBatchSize(3).batchSize());
    assertEquals(3, recipe.withImageSize(3).imageSize());
    assertEquals(3, recipe.withLearningRate(3).schedule().learningRate());
    refused("learning rate must be above 0, but is -1.0", () -> recipe.withLearningRate(-1));
    refused("learning rate", () -> recipe.withLearningRate(Double.NaN));
    refused("at least 1 epoch", () -> recipe.withEpochs(0));
    refused("batch size must be at least 1", () -> recipe.withBatchSize(0));
    refused("image size must be at least 1", () -> recipe.withImageSize(-5));
  }

  @Test
  void anUnknownNameIsMetWithTheNearest() {
    refused("did you mean 'default'", () -> Recipe.named("defualt"));
  }

  private static void refused(String part, Executable action) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, action);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
