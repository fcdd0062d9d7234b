package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Datasets;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;
import org.nin4j.tracking.RunFolder;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeBuilder;
import org.nin4j.train.Trainer;
import org.nin4j.train.Training;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingListener;
import org.nin4j.train.TrainingResult;
import org.nin4j.train.TrainingSetup;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nin train}. */
@Command(
    name = "train",
    description = {
      "Train a network on images, test it after each epoch, and save a model.",
      "Without options: the chapter's network on an embedded sample of Fashion-MNIST."
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin train",
      "  nin train --data fashion-mnist --epochs 20 --seed 7",
      "  nin train --recipe d2l --data fashion-mnist      the chapter's own training, at 224x224",
      "  nin train --net nin-mnist --data mnist --out runs/digits",
      "  nin train --data my-photos/ --val-split 0.2      a folder of images for each class",
      "  nin train --resume runs/digits                   after Ctrl-C or a crash",
      "  nin train --profile --epochs 1                   see where the time goes",
      "",
      "Ctrl-C saves a checkpoint and ends with exit code 130."
    })
final class TrainCommand implements Callable<Integer> {
  /** The default recipe trains this network on smaller images than those of its publication. */
  private static final String SMALLER_NET = "nin";

  private static final int SMALLER_SIZE = 96;
  private static final Set<String> WITH_RESUME =
      Set.of("--resume", "--threads", "--profile", ImageDataOptions.VAL_SPLIT);

  @Mixin NetworkOption net;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      defaultValue = "sample",
      description =
          "sample, a data set from 'nin data list', or a folder: of images in a folder for each"
              + " class, perhaps below train, val and test; or of IDX or CIFAR files. Default:"
              + " ${DEFAULT-VALUE}.")
  String data;

  @Mixin ImageDataOptions dataOptions;

  @Option(
      names = "--recipe",
      paramLabel = "NAME",
      defaultValue = "default",
      description = "default, or d2l (the chapter's). Default: ${DEFAULT-VALUE}.")
  String recipeName;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description =
          "Height and width that images are resized to. Default: the network's own; for nin with the"
              + " recipe default 96.")
  Integer size;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "Times that all images are seen. Default: the recipe's, 11 (10 for d2l).")
  Integer epochs;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Images of a step. Default: the recipe's, 128.")
  Integer batchSize;

  @Option(
      names = "--shards",
      paramLabel = "N",
      description =
          "Parts of a batch, which as many threads share; another number leads to another model."
              + " Default: the recipe's, 8.")
  Integer shards;

  @Option(
      names = "--lr",
      paramLabel = "RATE",
      description = "Highest learning rate. Default: the recipe's.")
  Double learningRate;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "The same seed gives the same model, bit for bit. Default: ${DEFAULT-VALUE}.")
  long seed;

  @Mixin EngineOptions engineOptions;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "The run folder. Default: runs/NET-DATE-TIME.")
  Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Go on with the run in this folder, as it was set up; only --threads and --profile may be"
              + " given too, and --val-split as it was before.")
  Path resume;

  @Option(
      names = "--profile",
      description =
          "At the end, or after Ctrl-C, show where the time of a step went: layer by layer,"
              + " forward and backward, and the rest.")
  boolean profile;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    int threads = engineOptions.threads();
    Engine engine = EngineOptions.engine(spec.commandLine());
    return resume == null ? begin(engine, threads) : goOn(engine, threads);
  }

  private int begin(Engine engine, int threads) throws IOException {
    Recipe recipe = recipe();
    DatasetSplits images = Datasets.open(data, dataOptions.options());
    Network network = network(images);
    Precision precision = engineOptions.precision(engine, spec.commandLine());
    RunFolder folder =
        out == null ? RunFolder.createIn(Path.of("runs"), network.name()) : RunFolder.create(out);
    Trainer trainer =
        new Trainer(engine, network, images, recipe)
            .seed(seed)
            .precision(precision)
            .dataName(data)
            .store(folder);
    return run(engine, threads, images, trainer, folder);
  }

  private int goOn(Engine engine, int threads) throws IOException {
    refuseOtherOptions();
    RunFolder folder = RunFolder.open(resume);
    TrainingSetup setup = folder.setup();
    DatasetSplits images =
        Datasets.open(setup.data(), dataOptions.options(setup.network().input().channels()));
    return run(engine, threads, images, folder.trainer(engine, images), folder);
  }

  private int run(
      Engine engine, int threads, DatasetSplits images, Trainer trainer, RunFolder folder) {
    CommandLine command = spec.commandLine();
    ProgressBar bar = new ProgressBar(command.getOut(), Terminal.isInteractive());
    trainer.threads(threads).listen(bar).listen(new Warnings(command, bar));
    Training training = trainer.prepare();
    TrainReport report = new TrainReport(command.getOut());
    report.begins(training.setup(), images, engine, threads, folder.path());
    long start = System.nanoTime();
    try (StopSignal signal = new StopSignal(training::stop)) {
      try {
        TrainingResult result = training.run();
        if (profile) {
          report.profile(result.profile(), training.setup(), engine);
        }
        if (result.interrupted()) {
          report.interrupted(folder.path());
          return signal.exitCode();
        }
        report.ended(result.history(), (System.nanoTime() - start) / 1e9, folder.model());
        return 0;
      } catch (IOException | RuntimeException e) {
        return Failures.failed(e, command, null); // before a signal lets Java end
      }
    }
  }

  private Recipe recipe() {
    try {
      return Recipe.named(recipeName).with(this::change);
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
    return recipe;
  }

  private Network network(DatasetSplits images) throws IOException {
    if (size != null && size < 1) {
      throw new UsageException("--size must be at least 1, but is " + size);
    }
    int pixels = size != null ? size : defaultSize();
    Shape image = Shape.of(1, images.train().channels(), pixels, pixels);
    return net.build(image, images.train().classes().size());
  }

  private int defaultSize() throws IOException {
    boolean small = net.net.equals(SMALLER_NET) && recipeName.equals(Recipe.DEFAULT.name());
    return small ? SMALLER_SIZE : net.build(null, null).input().height();
  }

  private void refuseOtherOptions() {
    for (var option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (!WITH_RESUME.contains(name)) {
        throw new UsageException(
            name + " cannot be given with --resume: the run goes on as it was set up");
      }
    }
  }

  /** Warnings of a training go where all others go. */
  private record Warnings(CommandLine command, ProgressBar bar) implements TrainingListener {
    @Override
    public void on(TrainingEvent event) {
      if (event instanceof TrainingEvent.Warning warning) {
        bar.clear();
        Failures.warn(command, warning.message());
      }
    }
  }
}
