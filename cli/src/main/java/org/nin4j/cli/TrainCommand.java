package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;
import org.nin4j.tracking.RunFolder;
import org.nin4j.train.Recipe;
import org.nin4j.train.Trainer;
import org.nin4j.train.Training;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingListener;
import org.nin4j.train.TrainingResult;
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
      "Train a network on images, test it after each epoch, and save the model.",
      "Without options, it trains the network of Dive into Deep Learning, section 7.3 (d2l.ai), on an"
          + " embedded sample of Fashion-MNIST."
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin train",
      "  nin train --data fashion-mnist --epochs 20 --seed 7",
      "  nin train --recipe d2l --data fashion-mnist      as in section 7.3 of the book, at 224x224",
      "  nin train --net nin-mnist --data mnist --out runs/digits",
      "  nin train --data my-photos/ --val-split 0.2      a folder of images for each class",
      "  nin train --from runs/digits/model.safetensors --data letters/ --freeze 0",
      "  nin train --resume runs/digits                   after Ctrl-C or a crash",
      "  nin train --profile --epochs 1                   show where the time is spent",
      "",
      "Ctrl-C saves a checkpoint, and nin exits with code 130."
    })
final class TrainCommand implements Callable<Integer> {
  /** The default recipe trains this network on smaller images than the book does. */
  private static final String SMALLER_NET = "nin";

  private static final int SMALLER_SIZE = 96;
  private static final Set<String> WITH_RESUME = Set.of("--resume", "--threads", "--profile");

  @Mixin NetworkOption net;

  @Mixin FineTuningOptions fineTuning;

  @Option(
      names = "--data",
      paramLabel = "NAME|DIR",
      defaultValue = "sample",
      description =
          "sample, a data set listed by 'nin data list', or a folder with a folder of images for each"
              + " class, optionally split into train, val and test, or with IDX or CIFAR files. Default:"
              + " ${DEFAULT-VALUE}.")
  String data;

  @Mixin ImageDataOptions dataOptions;

  @Mixin RecipeOptions recipeOptions;

  @Option(
      names = "--size",
      paramLabel = "PIXELS",
      description =
          "Height and width to which images are resized. Default: the network's own, but 96 for nin"
              + " with the default recipe, and the model's with --from.")
  Integer size;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Seed of all random numbers. The same seed gives the same model, bit for bit. Default:"
              + " ${DEFAULT-VALUE}.")
  long seed;

  @Mixin EngineOptions engineOptions;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Run folder for the model, the metrics and the checkpoints. Default: runs/NET-DATE-TIME.")
  Path out;

  @Option(
      names = "--resume",
      paramLabel = "DIR",
      description =
          "Resume the run in this folder with its settings. Only --threads and --profile may be"
              + " combined with this option.")
  Path resume;

  @Option(
      names = "--profile",
      description =
          "At the end, or after Ctrl-C, show where the time of a step was spent: the forward and the"
              + " backward pass of each layer, and the rest.")
  boolean profile;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    int threads = engineOptions.threads();
    Engine engine = EngineOptions.engine(spec.commandLine());
    return resume == null ? startRun(engine, threads) : resumeRun(engine, threads);
  }

  private int startRun(Engine engine, int threads) throws IOException {
    Recipe recipe = recipeOptions.recipe();
    Optional<SourceModel> start = fineTuning.source();
    DataSource source = new DataSource(data, dataOptions.options());
    DatasetSplits images = source.open();
    Network network =
        start.isPresent()
            ? FineTuningOptions.network(start.get(), images.train(), size)
            : network(images);
    Precision precision = engineOptions.precision(engine, spec.commandLine());
    RunFolder folder =
        out == null ? RunFolder.createIn(Path.of("runs"), network.name()) : RunFolder.create(out);
    Trainer trainer =
        new Trainer(engine, network, images, recipe)
            .seed(seed)
            .precision(precision)
            .dataSource(source)
            .store(folder);
    fineTuning.apply(trainer, start);
    return run(engine, threads, images, trainer, folder);
  }

  private int resumeRun(Engine engine, int threads) throws IOException {
    refuseOtherOptions();
    RunFolder folder = RunFolder.open(resume);
    DatasetSplits images = folder.setup().data().open();
    return run(engine, threads, images, folder.trainer(engine, images), folder);
  }

  private int run(
      Engine engine, int threads, DatasetSplits images, Trainer trainer, RunFolder folder) {
    CommandLine command = spec.commandLine();
    ProgressBar bar = new ProgressBar(command.getOut(), Terminal.isInteractive());
    trainer.threads(threads).listen(bar).listen(new Warnings(command, bar));
    Training training = trainer.prepare();
    TrainReport report = new TrainReport(command.getOut());
    report.started(training.setup(), images, engine, threads, folder.path());
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
        return Failures.failed(e, command, null); // before the stop signal lets the JVM exit
      }
    }
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
    boolean small = net.net.equals(SMALLER_NET) && recipeOptions.name.equals(Recipe.DEFAULT.name());
    return small ? SMALLER_SIZE : net.build(null, null).input().height();
  }

  private void refuseOtherOptions() {
    for (var option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (!WITH_RESUME.contains(name)) {
        throw new UsageException(
            name + " cannot be combined with --resume, which keeps the run's settings");
      }
    }
  }

  /** Prints the warnings of a training like all others. */
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
