package org.nin4j.cli;

import java.io.IOException;
import java.util.function.BiFunction;
import org.nin4j.train.ClassBalance;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeBuilder;
import picocli.CommandLine.Option;

/** The options for the hyperparameters: a recipe, and changes to it. */
final class RecipeOptions {
  static final String RECIPE = "--recipe";

  private static final String EPOCHS = "--epochs";
  private static final String BATCH_SIZE = "--batch-size";
  private static final String SHARDS = "--shards";
  private static final String LEARNING_RATE = "--lr";
  private static final String WEIGHT_DECAY = "--weight-decay";
  private static final String LABEL_SMOOTHING = "--label-smoothing";
  private static final String BALANCE = "--balance";
  private static final String PATIENCE = "--patience";

  @Option(
      names = RECIPE,
      paramLabel = "NAME|FILE",
      defaultValue = "default",
      description =
          "Hyperparameters: a recipe listed by 'nin recipe list', or a YAML or JSON file as 'nin"
              + " recipe show' prints it. Default: ${DEFAULT-VALUE}.")
  RecipeChoice choice;

  @Option(
      names = EPOCHS,
      paramLabel = "N",
      description = "Number of passes over the training images. Default: the recipe's.")
  Integer epochs;

  @Option(
      names = BATCH_SIZE,
      paramLabel = "N",
      description = "Number of images in a step. Default: the recipe's.")
  Integer batchSize;

  @Option(
      names = SHARDS,
      paramLabel = "N",
      description =
          "Number of parts into which a batch is split, so that as many threads can share it. Another"
              + " number gives another model. Default: the recipe's.")
  Integer shards;

  @Option(
      names = LEARNING_RATE,
      paramLabel = "RATE",
      description = "Highest learning rate. Default: the recipe's.")
  Double learningRate;

  @Option(
      names = WEIGHT_DECAY,
      paramLabel = "X",
      description = "Weight decay of the optimizer, 0 for none. Default: the recipe's.")
  Double weightDecay;

  @Option(
      names = LABEL_SMOOTHING,
      paramLabel = "X",
      description = "Label smoothing, at least 0 (none) and below 1. Default: the recipe's.")
  Double labelSmoothing;

  @Option(
      names = BALANCE,
      paramLabel = "HOW",
      description =
          "What to do about classes with different numbers of images: none, loss (weight the loss of"
              + " each class) or sampling (draw all classes equally often). Default: the recipe's.")
  ClassBalance balance;

  @Option(
      names = PATIENCE,
      paramLabel = "N",
      description =
          "Stop training when the validation score has not improved for this number of epochs."
              + " Default: the recipe's, or train for all epochs.")
  Integer patience;

  /**
   * Returns the recipe with its changes.
   *
   * @throws UsageException when there is no such recipe, or a value is out of its range; the
   *     message names the option
   * @throws IOException when the recipe's file cannot be read or does not hold a recipe
   */
  Recipe recipe() throws IOException {
    Recipe recipe = chosen();
    recipe = changed(recipe, EPOCHS, epochs, RecipeBuilder::epochs);
    recipe = changed(recipe, BATCH_SIZE, batchSize, RecipeBuilder::batchSize);
    recipe = changed(recipe, SHARDS, shards, RecipeBuilder::shards);
    recipe = changed(recipe, LEARNING_RATE, learningRate, RecipeBuilder::learningRate);
    recipe = changed(recipe, WEIGHT_DECAY, weightDecay, RecipeBuilder::weightDecay);
    recipe = changed(recipe, LABEL_SMOOTHING, labelSmoothing, RecipeBuilder::labelSmoothing);
    recipe = changed(recipe, BALANCE, balance, RecipeBuilder::balance);
    return changed(recipe, PATIENCE, patience, RecipeBuilder::patience);
  }

  private Recipe chosen() throws IOException {
    try {
      return choice.recipe();
    } catch (IllegalArgumentException e) {
      throw new UsageException(RECIPE + ": " + e.getMessage(), e);
    }
  }

  /** Changes one value, if it was given. */
  private static <T> Recipe changed(
      Recipe recipe, String option, T value, BiFunction<RecipeBuilder, T, RecipeBuilder> change) {
    if (value == null) {
      return recipe;
    }
    try {
      return recipe.with(builder -> change.apply(builder, value));
    } catch (IllegalArgumentException e) {
      throw new UsageException(option + ": " + e.getMessage(), e);
    }
  }
}
