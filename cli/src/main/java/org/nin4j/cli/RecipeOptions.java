package org.nin4j.cli;

import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeBuilder;
import picocli.CommandLine.Option;

/** The options for the hyperparameters: a recipe, and changes to it. */
final class RecipeOptions {
  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      defaultValue = "default",
      description =
          "Hyperparameters: default, or d2l for those of Dive into Deep Learning, section 7.3."
              + " Default: ${DEFAULT-VALUE}.")
  String name;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Number of passes over the training images. Default: 11, or 10 for d2l.")
  Integer epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Number of images in a step. Default: 128.")
  Integer batchSize;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "Number of parts into which a batch is split, so that as many threads can share it. Another"
              + " number gives another model. Default: 8.")
  Integer shards;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "Highest learning rate. Default: 0.0014, or 0.1 for d2l.")
  Double learningRate;

  @Option(
      names = "--patience",
      paramLabel = "N",
      description =
          "Stop training when the validation score has not improved for this number of epochs."
              + " Default: train for all epochs.")
  Integer patience;

  /**
   * Returns the recipe with its changes.
   *
   * @throws UsageException when there is no such recipe, or a value is out of its range
   */
  Recipe recipe() {
    try {
      return Recipe.named(name).with(this::change);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  private RecipeBuilder change(RecipeBuilder recipe) {
    if (epochs != null) {
      recipe.epochs(epochs);
    }
    if (batchSize != null) {
      recipe.batchSize(batchSize);
    }
    if (shards != null) {
      recipe.shards(shards);
    }
    if (learningRate != null) {
      recipe.learningRate(learningRate);
    }
    if (patience != null) {
      recipe.patience(patience);
    }
    return recipe;
  }
}
