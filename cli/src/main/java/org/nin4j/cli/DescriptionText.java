package org.nin4j.cli;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.nin4j.internal.Quoted;
import org.nin4j.io.FileDescription;
import org.nin4j.io.TensorInfo;

/** What a model file says of itself, for people: all of it but the ends of long metadata. */
final class DescriptionText {
  private static final List<String> COLUMNS =
      List.of("tensor", "type", "shape", "elements", "bytes");

  /** Text columns; numbers follow, aligned at the right. */
  private static final int TEXTS = 3;

  private final StringBuilder text = new StringBuilder();

  private DescriptionText() {}

  static String of(DescribedFile file) {
    DescriptionText text = new DescriptionText();
    FileDescription description = file.description();
    text.line("%s: %s, %,d bytes", file.file(), printable(description.format()), file.bytes());
    text.entries("", description.properties());
    text.entries("metadata", MetadataText.of(description.metadata()));
    text.tensors(file);
    text.graph(description.graph());
    return text.text.toString();
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing())
        .append(System.lineSeparator());
  }

  private void entries(String heading, Map<String, String> entries) {
    if (entries.isEmpty()) {
      return;
    }
    line("");
    if (!heading.isEmpty()) {
      line("%s", heading);
    }
    String indent = heading.isEmpty() ? "" : "  ";
    int width = entries.keySet().stream().mapToInt(key -> printable(key).length()).max().orElse(0);
    entries.forEach(
        (key, value) -> line("%s%-" + width + "s  %s", indent, printable(key), printable(value)));
  }

  private void tensors(DescribedFile file) {
    List<TensorInfo> tensors = file.description().tensors();
    line("");
    if (tensors.isEmpty()) {
      line("no tensors");
      return;
    }
    List<List<String>> rows = new ArrayList<>();
    rows.add(COLUMNS);
    for (TensorInfo tensor : tensors) {
      rows.add(
          List.of(
              printable(tensor.name()),
              tensor.dtype().name(),
              tensor.dims().isEmpty() ? "scalar" : joined(tensor.dims()),
              grouped(BigInteger.valueOf(tensor.elements())),
              grouped(BigInteger.valueOf(tensor.bytes()))));
    }
    rows.add(
        List.of(
            tensors.size() + (tensors.size() == 1 ? " tensor" : " tensors"),
            "",
            "",
            grouped(file.total(TensorInfo::elements)),
            grouped(file.total(TensorInfo::bytes))));
    table(rows);
  }

  private void table(List<List<String>> rows) {
    int[] widths = new int[COLUMNS.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String padding = " ".repeat(widths[i] - row.get(i).length());
        line.append(i == 0 ? "" : "  ");
        line.append(i < TEXTS ? row.get(i) + padding : padding + row.get(i));
      }
      line("%s", line);
    }
  }

  private void graph(List<String> graph) {
    if (!graph.isEmpty()) {
      line("");
      line("graph");
      graph.forEach(each -> line("  %s", printable(each)));
    }
  }

  private static String joined(List<Long> dims) {
    return String.join("x", dims.stream().map(String::valueOf).toList());
  }

  private static String grouped(BigInteger number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private static String printable(String text) {
    return Quoted.printable(text, Integer.MAX_VALUE);
  }
}
