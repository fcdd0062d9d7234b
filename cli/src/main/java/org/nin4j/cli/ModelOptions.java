package org.nin4j.cli;

import java.io.IOException;
import org.nin4j.data.DataOptions;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.io.Model;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for a model and the data to test it on. */
final class ModelOptions {
  @Mixin ModelOption model;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      description =
          "sample, a data set listed by 'nin data list', or a folder, as in training. Default: the data"
              + " that the model was trained on. If that was a folder, the model must still be in its"
              + " run folder.")
  String data;

  @Option(
      names = ImageDataOptions.VAL_SPLIT,
      paramLabel = "PART",
      description =
          "The same fraction as in training, for a data set whose validation images were held out of the"
              + " training images.")
  Double validationPart;

  @Option(
      names = ImageDataOptions.MAX_DAMAGED,
      paramLabel = "PART",
      description = ImageDataOptions.MAX_DAMAGED_DESCRIPTION)
  Double maxDamaged;

  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  /**
   * Returns the data set to use: that of the option or, without it, the one that the model was
   * trained on, in grey or in colour like the model's input. A model does not contain the path of a
   * folder, but its run folder does.
   *
   * @throws UsageException without the option, when the model does not say what it was trained on
   */
  DataSource source(Model trained) {
    DataOptions options = DataOptions.DEFAULT.withChannels(trained.network().input().channels());
    DataSource source =
        data != null
            ? new DataSource(data, options)
            : model
                .choice
                .runFolder()
                .map(run -> run.setup().data())
                .orElseGet(() -> new DataSource(trainedOn(trained), options));
    return new DataSource(
        source.name(), ImageDataOptions.with(source.options(), validationPart, maxDamaged));
  }

  private String trainedOn(Model trained) {
    String name = trained.provenance().get("data");
    if (name == null) {
      throw new UsageException(
          model.choice
              + ": the model does not say what it was trained on; choose the data to test on with"
              + " --data");
    }
    return name;
  }

  /**
   * Opens a data set.
   *
   * @param source what {@link #source} returned
   * @throws IOException when it cannot be read; the message says what to do
   */
  DatasetSplits open(DataSource source) throws IOException {
    try {
      return InspectionProgress.open(source, spec.commandLine());
    } catch (IOException e) {
      throw data != null
          ? e
          : new IOException(e.getMessage() + "; choose the data to test on with --data", e);
    }
  }
}
