package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.data.CutMix;
import org.nin4j.data.RandomCrop;

class RecipeTest {
  @Test
  void d2lIsTheTrainingOfDiveIntoDeepLearning() {
    Recipe recipe = Recipe.named("d2l");
    assertEquals(Initializer.XAVIER_UNIFORM, recipe.initializer());
    assertEquals(new OptimizerConfig.Sgd(0, false, 0), recipe.optimizer());
    assertEquals(Schedule.constant(0.1), recipe.schedule());
    assertEquals(128, recipe.batchSize());
    assertEquals(10, recipe.epochs());
    assertEquals(List.of(), recipe.augmentations());
    assertEquals(Double.POSITIVE_INFINITY, recipe.clipNorm());
  }

  @Test
  void jsonKeepsEveryField() {
    Recipe odd =
        Recipe.builder("odd \"one\"")
            .initializer(Initializer.HE)
            .optimizer(new OptimizerConfig.Sgd(0.9f, true, 1e-4f))
            .schedule(new Schedule.ReduceOnPlateau(1.0 / 3, 0.3, 4).withWarmUp(0.07))
            .epochs(3)
            .batchSize(5)
            .shards(4)
            .clipNorm(2.5)
            .augmentations(new RandomCrop(2))
            .labelSmoothing(0.1)
            .mixing(new CutMix(0.5))
            .patience(3)
            .build();
    for (Recipe recipe : new Recipe[] {Recipe.DEFAULT, Recipe.D2L, odd}) {
      assertEquals(recipe, RecipeJson.read(RecipeJson.write(recipe), "test"));
    }
  }

  /** Fields that are misspelt, missing, of another type or unknown are reported with their path. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"epochs\" | \"epoch\" | r.json: epochs is missing",
        "\"AdamW\" | \"RMSprop\" | r.json: optimizer.type: unknown optimizer 'RMSprop'",
        "\"beta1\":0.9 | \"beta1\":\"0.9\" | r.json: optimizer.beta1 must be a number",
        "\"epochs\":11 | \"epochs\":11.5 | r.json: epochs must be a whole number, but is 11.5",
        "\"epochs\":11 | \"epochs\":0 | r.json: a training needs at least 1 epoch",
        "\"normalize\":true | \"normalize\":1 | r.json: normalize must be true or false, but is 1",
        "\"Cosine\", | \"Cosine\",\"warmup\":3, | r.json: schedule.then.warmup",
        "\"shards\" | \"shard\":3,\"shards\" | unknown field 'shard'; did you mean 'shards'?",
        "\"p\":0.5 | \"p\":1.5 | r.json: augmentations[0] cannot be built: the probability",
        "identity-head | identity-haed | did you mean 'identity-head'?"
      })
  void jsonThatIsNotARecipeIsRejectedWithThePath(String from, String to, String complaint) {
    String json = RecipeJson.write(Recipe.DEFAULT);
    assertTrue(json.contains(from), json);
    assertRejected(complaint, () -> RecipeJson.read(json.replace(from, to), "r.json"));
  }

  @Test
  void changesAreChecked() {
    Recipe recipe = Recipe.DEFAULT;
    assertEquals(3, recipe.with(r -> r.epochs(3)).epochs());
    assertEquals(3, recipe.with(r -> r.batchSize(3)).batchSize());
    assertEquals(3, recipe.with(r -> r.learningRate(3)).schedule().learningRate());
    assertRejected(
        "learning rate must be above 0, but is -1.0", () -> recipe.with(r -> r.learningRate(-1)));
    assertRejected("learning rate", () -> recipe.with(r -> r.learningRate(Double.NaN)));
    assertRejected("at least 1 epoch", () -> recipe.with(r -> r.epochs(0)));
    assertRejected("batch size must be at least 1", () -> recipe.with(r -> r.batchSize(0)));
  }

  @Test
  void anUnknownNameSuggestsTheMostSimilar() {
    assertRejected("did you mean 'default'", () -> Recipe.named("defualt"));
  }

  private static void assertRejected(String part, Executable action) {
    IllegalArgumentException e = assertThrows(IllegalArgumentException.class, action);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
