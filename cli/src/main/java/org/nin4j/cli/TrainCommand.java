package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.io.SourceModel;
import org.nin4j.nn.Network;
import org.nin4j.tracking.RunFolder;
import org.nin4j.tracking.report.ReportListener;
import org.nin4j.tracking.tensorboard.TensorBoardWriter;
import org.nin4j.train.Recipe;
import org.nin4j.train.Trainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nin train}. */
@Command(
    name = "train",
    description = {
      "Train a network on images, test it after each epoch, and save the model.",
      "Without options, it trains the network of Dive into Deep Learning, section 7.3 (d2l.ai), on an"
          + " embedded sample of Fashion-MNIST."
    },
    parameterListHeading = "%nRun file:%n",
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
      "  nin train my-run.yaml --seed 2                   options from a file, but another seed",
      "  nin train runs/digits/run.yaml --out runs/again  repeat a run, bit for bit",
      "  nin train --data my-photos/ --fast-dev-run       check in seconds that everything works",
      "  nin train --resume runs/digits                   after Ctrl-C, a crash or a full disk",
      "  nin train --profile --epochs 1                   show where the time is spent",
      "",
      "Ctrl-C saves a checkpoint, and nin exits with code 130. Another Ctrl-C ends it at once; what was"
          + " trained since the last checkpoint is lost then."
    })
final class TrainCommand implements Callable<Integer> {
  private static final String OUT = "--out";
  private static final String THREADS = "--threads";
  private static final String PROFILE = "--profile";
  private static final String DEV_RUN = "--fast-dev-run";
  private static final String NO_REPORT = "--no-report";
  private static final String KEEP_CHECKPOINTS = "--keep-checkpoints";
  private static final Set<String> WITH_RESUME =
      Set.of(RunKeys.RESUME, THREADS, PROFILE, NO_REPORT, KEEP_CHECKPOINTS);

  /** The options that do not affect what a run computes. */
  private static final Set<String> NOT_REPEATED =
      Set.of(OUT, THREADS, PROFILE, NO_REPORT, DEV_RUN, KEEP_CHECKPOINTS);

  private static final int DEV_RUN_STEPS = 2;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE.yaml",
      description = {
        "YAML or JSON file with a key for each option to set, such as 'val_split: 0.1' for"
            + " --val-split 0.1. Options on the command line take precedence.",
        "recipe can also contain a complete recipe, as 'nin recipe show' prints it, and net a network."
            + " Paths are relative to the working directory, as on the command line.",
        "Each run folder contains a run.yaml that repeats the run."
      })
  Path runFile;

  @Mixin TrainingOptions options;

  @Mixin FineTuningOptions fineTuning;

  @Option(
      names = OUT,
      paramLabel = "DIR",
      description =
          "Run folder for the model, the metrics and the checkpoints. Default: runs/NET-DATE-TIME.")
  Path out;

  @Option(
      names = RunKeys.RESUME,
      paramLabel = "DIR",
      description =
          "Resume the run in this folder with its settings. Options that decide the result must have"
              + " the values of the run, or be left out.")
  Path resume;

  @Option(
      names = KEEP_CHECKPOINTS,
      paramLabel = "N",
      description =
          "Number of checkpoints to keep in the run folder, the last ones. Default: 2, or as before"
              + " with --resume.")
  Integer keptCheckpoints;

  @Option(
      names = PROFILE,
      description =
          "At the end, or after Ctrl-C, show where the time of a step was spent: the forward and the"
              + " backward pass of each layer, and the rest.")
  boolean profile;

  @Option(
      names = NO_REPORT,
      description = "Write neither report.html nor event files for TensorBoard to the run folder.")
  boolean noReport;

  @Option(
      names = DEV_RUN,
      description =
          "Only check that everything works: do two training steps, evaluate on one batch of images,"
              + " and save nothing.")
  boolean devRun;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (keptCheckpoints != null && keptCheckpoints < 1) {
      throw new UsageException(KEEP_CHECKPOINTS + " must be at least 1, but is " + keptCheckpoints);
    }
    if (resume != null) {
      return resumeRun();
    }
    if (runFile == null) {
      return startRun(isGiven(NetworkOption.NET));
    }
    RunFile file = RunFile.apply(runFile, spec.commandLine());
    try {
      return startRun(netGiven(file));
    } catch (UsageException e) {
      throw file.named(e);
    }
  }

  private boolean netGiven(RunFile file) {
    return isGiven(NetworkOption.NET) || file.sets(NetworkOption.NET);
  }

  private int startRun(boolean netGiven) throws IOException {
    // On the command line, --fast-dev-run takes precedence over the run file's --out.
    boolean outIsOverridden = isGiven(DEV_RUN) && !isGiven(OUT);
    if (devRun && out != null && !outIsOverridden) {
      throw new UsageException(DEV_RUN + " cannot be combined with " + OUT + ": it saves nothing");
    }
    TrainingRun run = run();
    Recipe recipe = options.recipeOptions.recipe();
    Optional<SourceModel> model = fineTuning.source(netGiven);
    DataSource source = options.source();
    DatasetSplits images = InspectionProgress.open(source, spec.commandLine());
    Network network = network(model, images);
    if (devRun) {
      long trained = DEV_RUN_STEPS * (long) recipe.batchSize();
      DatasetSplits few =
          images.limited((int) Math.min(Integer.MAX_VALUE, trained), recipe.batchSize());
      Recipe once = recipe.with(changed -> changed.epochs(1));
      return run.run(trainer(run, network, few, once, source, model), few, Optional.empty());
    }
    RunFolder folder =
        out == null ? RunFolder.createIn(Path.of("runs"), network.name()) : RunFolder.create(out);
    keepCheckpoints(folder);
    Trainer trainer =
        trainer(run, network, images, recipe, source, model)
            .store(folder)
            .listen(new RunFileWriter(folder.path(), spec, NOT_REPEATED));
    report(run, trainer, images, folder);
    return run.run(trainer, images, Optional.of(folder));
  }

  /** Whether an option is on the command line, and not only in the run file. */
  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private Trainer trainer(
      TrainingRun run,
      Network network,
      DatasetSplits images,
      Recipe recipe,
      DataSource source,
      Optional<SourceModel> model) {
    Trainer trainer =
        new Trainer(run.engine(), network, images, recipe)
            .seed(options.seed)
            .precision(options.engineOptions.precision(run.engine(), spec.commandLine()))
            .dataSource(source);
    fineTuning.apply(trainer, model);
    return trainer;
  }

  private Network network(Optional<SourceModel> model, DatasetSplits images) throws IOException {
    return model.isPresent()
        ? FineTuningOptions.network(model.get(), images.train(), options.size)
        : options.network(images);
  }

  private void keepCheckpoints(RunFolder folder) {
    if (keptCheckpoints != null) {
      folder.keepCheckpoints(keptCheckpoints);
    }
  }

  private int resumeRun() throws IOException {
    List<String> settings = settingsGivenWithResume();
    RunFolder folder = RunFolder.open(resume);
    if (!folder.isComplete()) {
      folder.requireUnused(); // before the images are opened, which may take long
    }
    TrainingRun run = run();
    Optional<DatasetSplits> sameImages =
        settings.isEmpty() ? Optional.empty() : Optional.of(imagesOfSameRun(run, folder, settings));
    if (folder.isComplete()) {
      run.complete(folder);
      return 0;
    }
    DatasetSplits images =
        sameImages.isPresent()
            ? sameImages.get()
            : InspectionProgress.open(folder.setup().data(), spec.commandLine());
    keepCheckpoints(folder);
    Trainer trainer = folder.trainer(run.engine(), images);
    report(run, trainer, images, folder);
    return run.run(trainer, images, Optional.of(folder));
  }

  /** Adds the listeners that write event files and the report to the run folder. */
  private void report(TrainingRun run, Trainer trainer, DatasetSplits images, RunFolder folder) {
    if (!noReport) {
      trainer.listen(new TensorBoardWriter(folder.path(), images.train()));
      trainer.listen(new ReportListener(folder, images, run.engine(), run.threads()));
    }
  }

  /**
   * Opens the images of a run, and checks that the options on the command line change nothing in
   * what {@code run.yaml} says.
   */
  private DatasetSplits imagesOfSameRun(TrainingRun run, RunFolder folder, List<String> settings)
      throws IOException {
    RunFile file = RunFile.apply(RunFileWriter.file(resume), spec.commandLine());
    DataSource source = options.source();
    Recipe recipe = options.recipeOptions.recipe();
    Optional<SourceModel> model = fineTuning.source(netGiven(file));
    DatasetSplits images = InspectionProgress.open(source, spec.commandLine());
    folder.requireSame(images);
    Trainer described = trainer(run, network(model, images), images, recipe, source, model);
    Optional<String> difference = folder.difference(described.prepare().setup());
    if (difference.isPresent()) {
      throw new UsageException(
          String.join(" and ", settings)
              + " cannot be combined with --resume: the run has "
              + difference.get()
              + "; leave out what differs, or start a new run in another folder");
    }
    return images;
  }

  private TrainingRun run() {
    int threads = options.engineOptions.threads();
    Engine engine = EngineOptions.engine(spec.commandLine());
    return new TrainingRun(spec.commandLine(), engine, threads, profile);
  }

  /** Returns the options that decide the result, and refuses those that make no sense here. */
  private List<String> settingsGivenWithResume() {
    if (runFile != null) {
      throw new UsageException(
          "a run file cannot be combined with --resume, which keeps the run's settings");
    }
    List<String> settings = new ArrayList<>();
    for (var option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (WITH_RESUME.contains(name)) {
        continue;
      }
      if (NOT_REPEATED.contains(name)) {
        throw new UsageException(
            name + " cannot be combined with --resume, which goes on in the run's folder");
      }
      settings.add(name);
    }
    return settings;
  }
}
