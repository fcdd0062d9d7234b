package org.nin4j.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.tracking.RunFolder;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Recipe;
import org.nin4j.train.Start;
import org.nin4j.train.TrainingProfile;
import org.nin4j.train.TrainingSetup;

/** What {@code nin train} prints before and after the training. */
final class TrainReport {
  private static final int NAMES_SHOWN = 8;

  private final PrintWriter out;

  TrainReport(PrintWriter out) {
    this.out = out;
  }

  void started(
      TrainingSetup setup,
      DatasetSplits images,
      Engine engine,
      int threads,
      Optional<Path> folder) {
    Recipe recipe = setup.recipe();
    out.printf(
        Locale.ROOT,
        "network  %s, %,d parameters, images %s%n",
        setup.network().name(),
        setup.network().parameterCount(),
        setup.network().input());
    setup.start().ifPresent(start -> started(start, setup));
    if (!setup.frozen().isEmpty()) {
      out.printf(
          Locale.ROOT,
          "frozen   %s (%,d of %,d parameters)%n",
          String.join(", ", setup.frozen()),
          setup.frozenParameterCount(),
          setup.network().parameterCount());
    }
    out.printf(
        Locale.ROOT,
        "data     %s, %,d images to train on%s%s%n",
        setup.data().name(),
        images.train().size(),
        size(images.validation(), "to validate"),
        size(images.test(), "to test"));
    String leftOut = LeftOut.summary(images.leftOut());
    if (!leftOut.isEmpty()) {
      out.printf("         %s%n", leftOut);
    }
    out.printf(
        Locale.ROOT,
        "recipe   %s: %s%s, learning rate %s, batch size %d (%s), %s, seed %d%n",
        recipe.name(),
        recipe.optimizer().name(),
        setup.start().isPresent() ? "" : ", " + recipe.initializer() + " start",
        recipe.schedule().learningRate(),
        recipe.batchSize(),
        count(recipe.shards(), "shard"),
        recipe.epochs() == 1 ? "1 epoch" : recipe.epochs() + " epochs",
        setup.seed());
    out.printf(
        "engine   %s, %s, %s%n", engine.description(), count(threads, "thread"), setup.precision());
    if (threads > recipe.shards()) {
      out.printf(
          "         %s, so %s will be idle; --shards %d uses all, with other results%n",
          recipe.shards() == 1
              ? "a batch has 1 shard"
              : "a batch has " + recipe.shards() + " shards",
          count(threads - recipe.shards(), "thread"),
          threads);
    }
    out.printf("run      %s%n%n", folder.map(Path::toString).orElse("not stored"));
    out.flush();
  }

  private void started(Start start, TrainingSetup setup) {
    List<String> renewed = start.renewed();
    int more = renewed.size() - NAMES_SHOWN;
    out.printf(
        Locale.ROOT,
        "start    %s: %s taken over%s%s%n",
        start.model().orElse("a model in memory"),
        count(setup.network().parameters().size() - renewed.size(), "tensor"),
        renewed.isEmpty()
            ? ""
            : ", new: "
                + String.join(", ", renewed.subList(0, Math.min(NAMES_SHOWN, renewed.size()))),
        more > 0 ? " and " + more + " more" : "");
  }

  private static String size(Optional<ImageDataset> part, String purpose) {
    return part.map(each -> String.format(Locale.ROOT, ", %,d %s", each.size(), purpose))
        .orElse("");
  }

  private static String count(int count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }

  /** Prints the profile, for which it measures the peak of one thread. */
  void profile(TrainingProfile profile, TrainingSetup setup, Engine engine) {
    double peak = profile.steps() > 0 ? engine.measurePeak(setup.precision(), 1).orElse(0) : 0;
    ProfileReport report = new ProfileReport(profile, setup.network(), setup.precision(), peak);
    out.printf("%n%s", report.text());
    out.flush();
  }

  void ended(List<EpochMetrics> history, double seconds, Path model) {
    out.printf(
        Locale.ROOT,
        "%n%s after %s; the model is %s%n",
        accuracies(history.get(history.size() - 1)),
        ProgressBar.duration(seconds),
        model);
    out.flush();
  }

  /** Says that there is nothing to resume, and how to train longer. */
  void complete(RunFolder folder) {
    out.printf(
        "the run is complete; the model is %s%n"
            + "to train longer, start a new run from it: nin train --from %s --data %s%n",
        folder.model(),
        ShellWord.of(folder.model().toString()),
        ShellWord.of(folder.setup().data().name()));
    out.flush();
  }

  private static String accuracies(EpochMetrics last) {
    String validation =
        last.validation()
            .map(score -> String.format(Locale.ROOT, "validation accuracy %.4f", score.accuracy()))
            .orElse("");
    String test =
        last.test()
            .map(score -> String.format(Locale.ROOT, "test accuracy %.4f", score.accuracy()))
            .orElse("");
    return validation + (validation.isEmpty() || test.isEmpty() ? "" : ", ") + test;
  }

  /** Says what a run has shown that stores nothing. */
  void triedOut(int steps, DatasetSplits images) {
    out.printf(
        Locale.ROOT,
        "%n%s and an evaluation on %s worked; nothing was saved%n",
        count(steps, "training step"),
        count(images.validationOrTest().size(), "image"));
    out.flush();
  }

  void interrupted(Optional<Path> folder) {
    if (folder.isEmpty()) {
      out.println("stopped; nothing was saved");
      out.flush();
      return;
    }
    out.printf(
        "stopped; resume with: nin train --resume %s%n", ShellWord.of(folder.get().toString()));
    out.flush();
  }
}
