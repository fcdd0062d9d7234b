package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.nin4j.data.DataOptions;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.io.Model;
import org.nin4j.io.PretrainedModels;
import org.nin4j.io.SourceModel;
import org.nin4j.tracking.RunFolder;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options for a model and the data to test it on. */
final class ModelOptions {
  private static final String DEFAULT_DATA = "sample";

  @Option(
      names = "--model",
      paramLabel = "FILE|DIR|NAME",
      required = true,
      description = "The model: a file, a run folder, or the name of a model that comes with nin.")
  Path file;

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
   * Reads the model.
   *
   * @throws UsageException when it is neither a file nor a model that comes with nin
   * @throws IOException when the file cannot be read
   */
  SourceModel read() throws IOException {
    return read(file.toString());
  }

  /** Does what {@link #read()} does with a file, a run folder, or the name of a model. */
  static SourceModel read(String name) throws IOException {
    try {
      if (PretrainedModels.names().contains(name) || !Files.isDirectory(Path.of(name))) {
        return SourceModel.read(name);
      }
      return SourceModel.read(RunFolder.open(Path.of(name)).trainedModel());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /**
   * Returns the data set to use: that of the option or, without it, the one that the model was
   * trained on, in grey or in colour like the model's input. A model does not contain the path of a
   * folder, but its run folder does.
   */
  DataSource source(Model model) {
    DataOptions options = DataOptions.DEFAULT.withChannels(model.network().input().channels());
    String trainedOn = model.provenance().getOrDefault("data", DEFAULT_DATA);
    DataSource source =
        data != null
            ? new DataSource(data, options)
            : sourceOfRun().orElse(new DataSource(trainedOn, options));
    return new DataSource(
        source.name(), ImageDataOptions.with(source.options(), validationPart, maxDamaged));
  }

  private Optional<DataSource> sourceOfRun() {
    if (PretrainedModels.names().contains(file.toString())) {
      return Optional.empty();
    }
    try {
      Path folder = Files.isDirectory(file) ? file : file.toAbsolutePath().getParent();
      return Optional.of(RunFolder.open(folder).setup().data());
    } catch (IOException e) {
      return Optional.empty(); // the model is not in a run folder, or it cannot be read
    }
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
