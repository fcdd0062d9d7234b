package org.nin4j.cli;

import java.io.IOException;
import java.util.Optional;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.Network;
import org.nin4j.train.Recipe;
import org.nin4j.train.Trainer;
import picocli.CommandLine;

/**
 * What the options of a training choose, with its files read and its images opened.
 *
 * @param options the options
 * @param fineTuning the options for a training that starts from a model
 * @param command the command, for warnings
 * @param recipe the recipe
 * @param source the source of the images
 * @param images the images
 * @param model the model to start from, if there is one
 * @param network the network for these images
 */
record ChosenTraining(
    TrainingOptions options,
    FineTuningOptions fineTuning,
    CommandLine command,
    Recipe recipe,
    DataSource source,
    DatasetSplits images,
    Optional<SourceModel> model,
    Network network) {
  /**
   * Reads the files that the options name.
   *
   * @param netGiven whether a network was chosen, on the command line or in a run file
   * @throws UsageException when the options cannot be combined, or do not fit the images
   * @throws IOException when a file cannot be read, or is not what it should be
   */
  static ChosenTraining read(
      TrainingOptions options, FineTuningOptions fineTuning, boolean netGiven, CommandLine command)
      throws IOException {
    Recipe recipe = options.recipeOptions.recipe();
    Optional<SourceModel> model = fineTuning.source(netGiven);
    DataSource source = options.source();
    DatasetSplits images = InspectionProgress.open(source, command);
    Network network =
        model.isPresent()
            ? FineTuningOptions.network(model.get(), images.train(), options.size)
            : options.network(images);
    return new ChosenTraining(options, fineTuning, command, recipe, source, images, model, network);
  }

  /** Returns the same training on other images and with another recipe. */
  ChosenTraining with(DatasetSplits otherImages, Recipe otherRecipe) {
    return new ChosenTraining(
        options, fineTuning, command, otherRecipe, source, otherImages, model, network);
  }

  /**
   * Returns a trainer without a store.
   *
   * @throws UsageException when the model cannot be fine-tuned so
   */
  Trainer trainer(Engine engine) {
    Trainer trainer =
        new Trainer(engine, network, images, recipe)
            .seed(options.seed)
            .precision(options.engineOptions.precision(engine, command))
            .dataSource(options.storedSource());
    fineTuning.apply(trainer, model);
    return trainer;
  }
}
