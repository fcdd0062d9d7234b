package org.nin4j.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.Csv;
import org.nin4j.tracking.picture.Png;
import org.nin4j.train.LearningRateCurve;
import org.nin4j.train.LearningRateSearch;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nin lr-find}. */
@Command(
    name = "lr-find",
    description = {
      "Find a learning rate by a range test (Smith, 2015).",
      "It trains for some steps with a rate that rises exponentially, and suggests the rate at which the"
          + " smoothed loss falls most steeply. The weights are not kept. Take the suggestion as a"
          + " starting point, and try a third and three times of it, too."
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin lr-find",
      "  nin lr-find --net nin-mnist --data mnist --png digits.png",
      "  nin lr-find --data my-photos/ --min-lr 1e-5 --max-lr 1 --csv curve.csv --no-png"
    })
final class LrFindCommand implements Callable<Integer> {
  private static final String LEARNING_RATE = "--lr";
  private static final Set<String> OWN =
      Set.of("--min-lr", "--max-lr", "--steps", "--png", "--no-png", "--csv");

  @Mixin TrainingOptions options;

  @Option(
      names = "--min-lr",
      paramLabel = "RATE",
      defaultValue = "1e-7",
      description = "Learning rate of the first step. Default: ${DEFAULT-VALUE}.")
  Double lowest;

  @Option(
      names = "--max-lr",
      paramLabel = "RATE",
      defaultValue = "10",
      description = "Learning rate of the last step. Default: ${DEFAULT-VALUE}.")
  Double highest;

  @Option(
      names = "--steps",
      paramLabel = "N",
      defaultValue = "100",
      description =
          "Number of steps, at least 10. The search ends early when the smoothed loss exceeds 4 times"
              + " its lowest value. Default: ${DEFAULT-VALUE}.")
  int steps;

  @Option(
      names = "--png",
      paramLabel = "FILE",
      defaultValue = "lr-find.png",
      description =
          "Draw the curve into this PNG file, which is replaced if it exists. Default:"
              + " ${DEFAULT-VALUE}.")
  Path png;

  @Option(names = "--no-png", description = "Do not draw the curve.")
  boolean noPng;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write the rate and the loss of each step to this CSV file.")
  Path csv;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    CommandLine command = spec.commandLine();
    requireUsable();
    int threads = options.engineOptions.threads();
    Engine engine = EngineOptions.engine(command);
    DatasetSplits images = InspectionProgress.open(options.source(), command);
    LearningRateSearch search =
        new LearningRateSearch(
                engine, options.network(images), images, options.recipeOptions.recipe())
            .seed(options.seed)
            .precision(options.engineOptions.precision(engine, command))
            .threads(threads);
    try {
      search.range(lowest, highest).steps(steps);
    } catch (IllegalArgumentException e) {
      throw new UsageException("--min-lr, --max-lr, --steps: " + e.getMessage(), e);
    }
    LearningRateCurve curve = run(search);
    PrintWriter out = command.getOut();
    out.print(LrFindReport.table(curve));
    out.printf("%n%s%n", LrFindReport.conclusion(curve));
    OptionalDouble suggestion = curve.suggestion();
    if (suggestion.isPresent()) {
      out.printf("  %s%n", trainCommand(LrFindReport.rounded(suggestion.getAsDouble())));
    }
    out.flush();
    write(curve, out);
    return 0;
  }

  /** Checks the options before a search that takes a while. */
  private void requireUsable() {
    if (spec.commandLine().getParseResult().hasMatchedOption(LEARNING_RATE)) {
      throw new UsageException(
          "--lr is what this command searches for; limit the search with --min-lr and --max-lr");
    }
    if (noPng && spec.commandLine().getParseResult().hasMatchedOption("--png")) {
      throw new UsageException("--png and --no-png cannot be combined; choose one of them");
    }
  }

  private LearningRateCurve run(LearningRateSearch search) {
    StatusLine line = new StatusLine(spec.commandLine().getOut(), Terminal.isInteractive());
    int[] done = {0};
    try {
      return search
          .listen(
              point ->
                  line.show(
                      ++done[0] == 1,
                      () ->
                          String.format(
                              Locale.ROOT,
                              "step %d/%d  learning rate %.1e  loss %.4f",
                              done[0],
                              steps,
                              point.rate(),
                              point.loss())))
          .run();
    } finally {
      line.clear();
    }
  }

  private void write(LearningRateCurve curve, PrintWriter out) throws IOException {
    if (csv != null) {
      AtomicFile.write(csv, csv(curve));
      out.printf("the steps are in %s%n", csv);
    }
    if (!noPng) {
      Png.write(draw(curve), png);
      out.printf("the curve is in %s%n", png);
    }
    out.flush();
  }

  private BufferedImage draw(LearningRateCurve curve) throws IOException {
    try {
      return new LrFindChart(curve).draw();
    } catch (RuntimeException | LinkageError | InternalError e) {
      // Each Java says in its own way that a small machine has no fonts or no libfreetype.
      throw new IOException(
          png
              + ": the curve cannot be drawn, because Java finds no fonts; install fontconfig and a"
              + " font, or use --no-png",
          e);
    }
  }

  private static String csv(LearningRateCurve curve) {
    StringBuilder text =
        new StringBuilder(Csv.line("step", "learning_rate", "loss", "smoothed_loss"));
    for (int i = 0; i < curve.points().size(); i++) {
      LearningRateCurve.Point point = curve.points().get(i);
      text.append(Csv.line(i + 1, point.rate(), point.loss(), point.smoothedLoss()));
    }
    return text.toString();
  }

  /** Returns the command that trains with a learning rate, and otherwise with the same options. */
  private String trainCommand(String rate) {
    List<String> words = new ArrayList<>(List.of("nin", "train"));
    for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
      String name = option.longestName();
      if (!OWN.contains(name)) {
        words.add(name);
        if (!option.typeInfo().isBoolean()) {
          option.originalStringValues().forEach(value -> words.add(ShellWord.of(value)));
        }
      }
    }
    words.add(LEARNING_RATE);
    words.add(rate);
    return String.join(" ", words);
  }
}
