package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.tracking.RunFolder;
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
  private static final String THREADS = "--threads";
  private static final String PROFILE = "--profile";
  private static final String DEV_RUN = "--fast-dev-run";

  /** The options that do not affect what a run computes, and make sense when it is resumed. */
  private static final Set<String> WITH_RESUME =
      Set.of(THREADS, PROFILE, RunOptions.NO_REPORT, RunOptions.KEEP_CHECKPOINTS);

  /** The others that do not affect it. */
  private static final Set<String> WITHOUT_RESUME = Set.of(RunOptions.OUT, DEV_RUN);

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

  @Mixin RunOptions runOptions;

  @Option(
      names = RunKeys.RESUME,
      paramLabel = "DIR",
      description =
          "Resume the run in this folder with its settings. Options that decide the result must have"
              + " the values of the run, or be left out.")
  Path resume;

  @Option(
      names = PROFILE,
      description =
          "At the end, or after Ctrl-C, show where the time of a step was spent: the forward and the"
              + " backward pass of each layer, and the rest.")
  boolean profile;

  @Option(
      names = DEV_RUN,
      description =
          "Only check that everything works: do two training steps, evaluate on one batch of images,"
              + " and save nothing.")
  boolean devRun;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
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

  /** Whether an option is on the command line, and not only in the run file. */
  private boolean isGiven(String option) {
    return spec.commandLine().getParseResult().hasMatchedOption(option);
  }

  private int startRun(boolean netGiven) throws IOException {
    runOptions.check();
    // On the command line, --fast-dev-run takes precedence over the run file's --out.
    boolean outIsOverridden = isGiven(DEV_RUN) && !isGiven(RunOptions.OUT);
    if (devRun && runOptions.out != null && !outIsOverridden) {
      throw new UsageException(
          DEV_RUN + " cannot be combined with " + RunOptions.OUT + ": it saves nothing");
    }
    TrainingRun run = run();
    ChosenTraining chosen = chosen(netGiven);
    if (devRun) {
      return tryOut(run, chosen);
    }
    RunFolder folder = runOptions.create(chosen.network().name());
    Set<String> notRepeated = new HashSet<>(WITH_RESUME);
    notRepeated.addAll(WITHOUT_RESUME);
    Trainer trainer =
        chosen
            .trainer(run.engine())
            .store(folder)
            .listen(new RunFileWriter(folder.path(), spec, notRepeated));
    runOptions.report(run, trainer, chosen.images(), folder);
    return run.run(trainer, chosen.images(), Optional.of(folder));
  }

  /** Trains on a few images without storing anything. */
  private int tryOut(TrainingRun run, ChosenTraining chosen) {
    int batch = chosen.recipe().batchSize();
    long trained = DEV_RUN_STEPS * (long) batch;
    DatasetSplits few = chosen.images().limited((int) Math.min(Integer.MAX_VALUE, trained), batch);
    Recipe once = chosen.recipe().with(changed -> changed.epochs(1));
    return run.run(chosen.with(few, once).trainer(run.engine()), few, Optional.empty());
  }

  private int resumeRun() throws IOException {
    runOptions.check();
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
    DatasetSplits images = sameImages.isPresent() ? sameImages.get() : sameImages(folder);
    Trainer trainer = runOptions.keeping(folder).trainer(run.engine(), images);
    runOptions.report(run, trainer, images, folder);
    return run.run(trainer, images, Optional.of(folder));
  }

  private DatasetSplits sameImages(RunFolder folder) throws IOException {
    try {
      return InspectionProgress.open(folder.setup().data(), spec.commandLine());
    } catch (IOException e) {
      throw new IOException(
          e.getMessage() + "; if the images have moved, name their folder with --data", e);
    }
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
      if (WITHOUT_RESUME.contains(name)) {
        throw new UsageException(
            name + " cannot be combined with --resume, which goes on in the run's folder");
      }
      if (!WITH_RESUME.contains(name) && !name.equals(RunKeys.RESUME)) {
        settings.add(name);
      }
    }
    return settings;
  }

  /**
   * Opens the images of a run, and checks that the options on the command line change nothing in
   * what {@code run.yaml} says.
   */
  private DatasetSplits imagesOfSameRun(TrainingRun run, RunFolder folder, List<String> settings)
      throws IOException {
    RunFile file = RunFile.apply(RunFileWriter.file(resume), spec.commandLine());
    ChosenTraining chosen = chosen(netGiven(file));
    folder.requireSame(chosen.images());
    Optional<String> difference = folder.difference(chosen.trainer(run.engine()).prepare().setup());
    if (difference.isPresent()) {
      throw new UsageException(
          String.join(" and ", settings)
              + " cannot be combined with --resume: the run has "
              + difference.get()
              + "; leave out what differs, or start a new run in another folder");
    }
    return chosen.images();
  }

  private ChosenTraining chosen(boolean netGiven) throws IOException {
    return ChosenTraining.read(options, fineTuning, netGiven, spec.commandLine());
  }

  private TrainingRun run() {
    int threads = options.engineOptions.threads();
    Engine engine = EngineOptions.engine(spec.commandLine());
    return new TrainingRun(spec.commandLine(), engine, threads, profile);
  }
}
