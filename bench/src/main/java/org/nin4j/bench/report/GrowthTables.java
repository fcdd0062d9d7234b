package org.nin4j.bench.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.nin4j.bench.result.Growth;
import org.nin4j.bench.result.Work;

/**
 * For each axis a table of speed and one of memory: a row for each value, a column for each work.
 */
final class GrowthTables {
  private static final String SIZE = "size";
  private static final String EPOCH = "epoch";

  private final List<Growth> all;

  private GrowthTables(List<Growth> all) {
    this.all = all;
  }

  static String all(Measured measured) {
    GrowthTables tables = new GrowthTables(measured.results().growth());
    StringBuilder text = new StringBuilder();
    measured.results().growth().stream()
        .map(Growth::axis)
        .distinct()
        .forEach(axis -> text.append(tables.of(axis)));
    return text.isEmpty() ? "Not measured.\n" : text.toString();
  }

  /** What is varied in one axis. */
  private record Line(Work work, String precision) {
    private static Line of(Growth point) {
      return new Line(point.work(), point.precision());
    }

    private String title() {
      return work.name().toLowerCase(Locale.ROOT) + " " + precision;
    }
  }

  private String of(String axis) {
    List<Growth> points = all.stream().filter(point -> point.axis().equals(axis)).toList();
    String text =
        section(axis, "Images/s", points, point -> Numbers.amount(point.imagesPerSecond()));
    if (axis.equals(SIZE)) {
      text += section(axis, "GFLOP/s", points, GrowthTables::giga);
    }
    text +=
        section(
            axis,
            "Resident memory, MiB,",
            points,
            point -> Numbers.mebibytes(point.residentBytes()));
    return axis.equals(EPOCH) ? text + drift(points) : text;
  }

  private static String giga(Growth point) {
    long operations = Operations.perImage(Measured.NETWORK, point.at(), point.work());
    return Numbers.amount(operations * point.imagesPerSecond() / 1e9);
  }

  private static String section(
      String axis, String what, List<Growth> points, Function<Growth, String> cell) {
    List<Line> lines = points.stream().map(Line::of).distinct().toList();
    List<String> header = new ArrayList<>(List.of(axis));
    lines.forEach(line -> header.add(line.title()));
    MarkdownTable table = new MarkdownTable(0, header);
    points.stream()
        .map(Growth::at)
        .distinct()
        .sorted()
        .forEach(
            at -> {
              List<String> cells = new ArrayList<>(List.of(Integer.toString(at)));
              lines.forEach(line -> cells.add(Numbers.orNothing(find(points, line, at).map(cell))));
              table.row(cells);
            });
    return what + " by " + axis + ":\n\n" + table + "\n";
  }

  private static Optional<Growth> find(List<Growth> points, Line line, int at) {
    return points.stream().filter(p -> Line.of(p).equals(line) && p.at() == at).findFirst();
  }

  /** How memory changed over the epochs. */
  private static String drift(List<Growth> points) {
    StringBuilder text = new StringBuilder();
    points.stream()
        .map(Line::of)
        .distinct()
        .forEach(
            line -> {
              List<Growth> epochs =
                  points.stream()
                      .filter(point -> Line.of(point).equals(line))
                      .sorted(Comparator.comparingInt(Growth::at))
                      .toList();
              Growth first = epochs.get(0);
              Growth last = epochs.get(epochs.size() - 1);
              text.append(
                  String.format(
                      Locale.ROOT,
                      "- %s: from epoch %d to epoch %d the resident memory changed by %+.1f MiB.\n",
                      line.title(),
                      first.at(),
                      last.at(),
                      (last.residentBytes() - first.residentBytes()) / (1024.0 * 1024.0)));
            });
    return text + "\n";
  }
}
