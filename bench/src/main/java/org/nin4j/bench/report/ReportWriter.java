package org.nin4j.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.nin4j.bench.result.Results;

/** Writes what a run has measured for people to read. */
public final class ReportWriter {
  private static final String CHART = "results.svg";
  private static final MarkedText IN_README =
      new MarkedText("<!-- measured -->", "<!-- /measured -->");

  private ReportWriter() {}

  /**
   * Writes the performance page, {@code README.md}, and its chart, {@code results.svg}.
   *
   * @param folder made when it is not there
   * @throws IOException when they cannot be written
   */
  public static void write(Results results, Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("README.md"), Page.of(results, CHART));
    // The chart needs no display, not even where one is named that cannot be reached.
    System.setProperty("java.awt.headless", "true");
    Files.writeString(folder.resolve(CHART), new ResultsChart(results).svg());
  }

  /** The rows for the project's README, in markdown. */
  public static String readmeTable(Results results) {
    return ReadmeTable.of(results);
  }

  /**
   * Puts those rows between {@code <!-- measured -->} and {@code <!-- /measured -->}, and keeps all
   * else.
   *
   * @throws IOException when the file cannot be read or written, or lacks a mark; it is then as it
   *     was
   */
  public static void intoReadme(Results results, Path readme) throws IOException {
    IN_README.replace(readme, readmeTable(results));
  }
}
