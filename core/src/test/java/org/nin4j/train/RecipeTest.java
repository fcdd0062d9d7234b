package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.data.CutMix;
import org.nin4j.data.RandomCrop;
import org.nin4j.train.schedule.Linear;
import org.nin4j.train.schedule.OneCycle;
import org.nin4j.train.schedule.ReduceOnPlateau;
import org.nin4j.train.schedule.Schedule;
import org.nin4j.train.schedule.Step;

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
            .dataInitializers(List.of(new Whitening(7, 1e-3), new Lsuv(9, 0.05)))
            .parameterGroups(List.of(new ParameterGroup("0.2", 0.5, 0.25)))
            .schedule(new ReduceOnPlateau(1.0 / 3, 0.3, 4).withWarmUp(0.07))
            .dropLast(true)
            .balance(ClassBalance.SAMPLING)
            .emaDecay(0.99)
            .epochs(3)
            .batchSize(5)
            .shards(4)
            .clipNorm(2.5)
            .augmentations(new RandomCrop(2))
            .labelSmoothing(0.1)
            .mixing(new CutMix(0.5))
            .patience(3)
            .build();
    List<Recipe> recipes = new ArrayList<>(Recipe.names().stream().map(Recipe::named).toList());
    recipes.add(odd);
    List<Schedule> schedules =
        List.of(
            new Step(0.1, 0.5, List.of(0.25, 0.75)),
            new Linear(0.1, 0.01),
            new OneCycle(0.1, 0.2, 0.3, 0.04),
            Schedule.cosine(0.2).withWarmUpSteps(9));
    schedules.forEach(schedule -> recipes.add(odd.with(r -> r.schedule(schedule))));
    for (Recipe recipe : recipes) {
      assertEquals(recipe, RecipeJson.read(RecipeJson.write(recipe), "test"));
    }
  }

  /** Fields that are misspelt, missing, of another type or unknown are reported with their path. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "\"epochs\" | \"epoch\" | r.json: epoch: unknown recipe field 'epoch'; did you mean 'epochs'?",
        "\"epochs\":11, | `` | r.json: epochs is missing",
        "\"beta1\" | \"beta3\" | r.json: optimizer.beta3: unknown AdamW field 'beta3'; did you mean 'beta1'?",
        "\"beta1\":0.9, | `` | r.json: optimizer.beta1 is missing",
        "\"p\": | \"q\": | augmentations[0].q: unknown RandomHorizontalFlip field 'q'; did you mean 'p'?",
        "\"AdamW\" | \"RMSprop\" | r.json: optimizer.type: unknown optimizer 'RMSprop'",
        "\"beta1\":0.9 | \"beta1\":\"0.9\" | r.json: optimizer.beta1 must be a number",
        "\"epochs\":11 | \"epochs\":11.5 | r.json: epochs must be a whole number, but is 11.5",
        "\"epochs\":11 | \"epochs\":0 | r.json: a training needs at least 1 epoch",
        "\"drop_last\":false | \"drop_last\":0 | r.json: drop_last must be true or false, but is 0",
        "\"Cosine\", | \"Cosine\",\"warmup\":3, | r.json: schedule.then.warmup",
        "\"shards\" | \"shard\":3,\"shards\" | unknown recipe field 'shard'; did you mean 'shards'?",
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
