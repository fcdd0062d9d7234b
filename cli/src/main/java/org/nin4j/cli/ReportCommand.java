package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.concurrent.Callable;
import org.nin4j.data.DatasetSplits;
import org.nin4j.tracking.RunFolder;
import org.nin4j.tracking.report.RunComparison;
import org.nin4j.tracking.report.RunReport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nin report}. */
@Command(
    name = "report",
    description = {
      "Make the report of a run anew, or compare several runs on one page.",
      "The pages open in any browser and need no network. 'nin train' writes the report of its run by"
          + " itself; this command also makes that of a run that is running, was killed, or was trained"
          + " with --no-report. It evaluates the model if predictions.csv is missing."
    },
    parameterListHeading = "%nRuns:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin report runs/digits                          writes runs/digits/report.html",
      "  nin report runs/a runs/b                        writes comparison.html",
      "  nin report runs/* --out all-runs.html"
    })
final class ReportCommand implements Callable<Integer> {
  private static final Path COMPARISON = Path.of("comparison.html");

  @Parameters(
      arity = "1..*",
      paramLabel = "RUN",
      description = "Run folder. Two or more are compared.")
  List<Path> runs;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description =
          "File of the comparison, replaced if it exists. Default: comparison.html in the working"
              + " directory. The report of one run is always report.html in its folder.")
  Path out;

  @Mixin ThreadsOption threads;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    List<RunFolder> folders = new ArrayList<>();
    for (Path run : new LinkedHashSet<>(runs)) {
      folders.add(RunFolder.open(run));
    }
    if (folders.size() == 1 && out != null) {
      throw new UsageException(
          "--out is for a comparison; the report of one run is written to "
              + RunReport.file(folders.get(0)));
    }
    Path written = folders.size() == 1 ? report(folders.get(0)) : compare(folders);
    spec.commandLine().getOut().println("the report is " + written);
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Path report(RunFolder run) throws IOException {
    RunReport report =
        RunReport.of(run).engine(EngineOptions.engine(spec.commandLine()), threads.count());
    try {
      DatasetSplits images = InspectionProgress.open(run.setup().data(), spec.commandLine());
      run.requireSame(images);
      report.images(images);
    } catch (IOException e) {
      Failures.warn(
          spec.commandLine(), "the report has no pictures, because " + Failures.sentence(e));
    }
    return report.write();
  }

  private Path compare(List<RunFolder> folders) throws IOException {
    Path file = out == null ? COMPARISON : out;
    RunComparison.write(folders, file);
    return file;
  }
}
