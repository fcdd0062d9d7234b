package org.nin4j.tracking.report;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.tracking.RunFolder;

/**
 * Writes a page that compares runs: their results, curves, the settings in which they differ, the
 * figures of each class, and McNemar's test where they classified the same images. The page is one
 * file that needs no network. What it says of classes and images is from the {@code
 * predictions.csv} of the runs, which a {@link RunReport} writes.
 */
public final class RunComparison {
  private RunComparison() {}

  /**
   * Writes the page.
   *
   * @param runs the run folders, at least two
   * @param file the path of the page, which is replaced if it exists
   * @throws IllegalArgumentException when there are fewer than two runs
   * @throws IOException when a file of a run is damaged, or a file cannot be read or written
   */
  public static void write(List<RunFolder> runs, Path file) throws IOException {
    if (runs.size() < 2) {
      throw new IllegalArgumentException(
          "a comparison needs at least two runs, not " + runs.size());
    }
    List<ComparedRun> compared = new ArrayList<>();
    for (RunFolder folder : runs) {
      RunData run = RunData.read(folder);
      compared.add(new ComparedRun(name(run, runs), run, run.predictions()));
    }
    String title = "Comparison of " + runs.size() + " runs";
    String data = JsonWriter.line(json -> write(json, compared));
    AtomicFile.write(file, new Page("NiN4J training runs", title, data, "comparison").html());
  }

  /** The name of a run's folder, or the whole path where names are not unique. */
  private static String name(RunData run, List<RunFolder> runs) {
    long same =
        runs.stream().filter(other -> RunData.name(other.path()).equals(run.name())).count();
    return same == 1 ? run.name() : run.folder().toString();
  }

  private static void write(JsonWriter json, List<ComparedRun> runs) {
    json.texts("columns", ComparedRun.COLUMNS);
    json.objects("runs", runs, (fields, run) -> run.write(fields));
    json.textRows(
        "settings",
        Settings.differences(runs.stream().map(run -> run.data().record().fields()).toList()));
    Optional<String> obstacle = ClassComparison.obstacle(runs);
    json.text("no_classes", obstacle.orElse(""));
    json.objects(
        "classes",
        obstacle.isPresent() ? List.<ClassComparison>of() : ClassComparison.of(evaluations(runs)),
        (fields, each) -> each.write(fields));
    json.object("mcnemar", McNemarPairs.of(runs)::write);
  }

  private static List<Evaluation> evaluations(List<ComparedRun> runs) {
    return runs.stream().map(run -> run.predictions().orElseThrow().evaluation()).toList();
  }
}
