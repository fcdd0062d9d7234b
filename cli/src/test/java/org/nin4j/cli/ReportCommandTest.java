package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code nin report}. */
class ReportCommandTest extends TinyTrainings {
  @Test
  void aRunWithoutReportGetsOne() throws IOException {
    train(run, "--epochs", 1, "--no-report").succeeds();
    Path report = run.resolve("report.html");
    assertFalse(Files.exists(report));
    String out = Outcome.of("report", run).succeeds().out();
    assertEquals("the report is " + report + System.lineSeparator(), out);
    assertTrue(Files.readString(report).startsWith("<!doctype html>"));
    assertTrue(Files.exists(run.resolve("predictions.csv")));
    assertTrue(Files.exists(run.resolve("confusion.csv")));
    assertTrue(Files.exists(run.resolve("per-class.csv")));
  }

  @Test
  void aReportOfADataSetThatIsGoneHasNoPictures() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Files.move(data, folder.resolve("elsewhere"));
    Outcome outcome = Outcome.of("report", run);
    assertEquals(0, outcome.exitCode());
    assertTrue(
        outcome
            .err()
            .startsWith(
                "nin: warning: the report has no pictures, because there is no data set or folder '"
                    + data),
        outcome.err());
    String page = Files.readString(run.resolve("report.html"));
    assertTrue(page.contains("\"pictures\":[]") && page.contains("\"evaluation\":{"));
  }

  @Test
  void otherImagesInThePlaceOfTheDataSetAreNotShown() throws IOException {
    train(run, "--epochs", 1).succeeds();
    Files.delete(run.resolve("predictions.csv"));
    Files.move(data, folder.resolve("elsewhere"));
    TinyData.folder(data, 44);
    Outcome outcome = Outcome.of("report", run);
    assertEquals(0, outcome.exitCode());
    assertTrue(outcome.err().contains("the report has no pictures, because"), outcome.err());
    assertTrue(outcome.err().contains("the run was started with"), outcome.err());
    assertFalse(Files.exists(run.resolve("predictions.csv")));
  }

  @Test
  void theDataSetIsFoundFromAnyWorkingDirectory() throws IOException {
    Path here = Path.of("").toAbsolutePath().relativize(data.toAbsolutePath());
    Outcome.of("train", "--net", network, "--data", here, "--out", run, "--epochs", 1).succeeds();
    assertEquals(
        data.toAbsolutePath().normalize().toString(), setup(run).at("/data/name").asText());
  }

  @Test
  void severalRunsAreCompared() throws IOException {
    Path other = run.resolveSibling("two");
    train(run, "--epochs", 1).succeeds();
    train(other, "--epochs", 2).succeeds();
    Path page = folder.resolve("both.html");
    String out = Outcome.of("report", run, other, "--out", page).succeeds().out();
    assertEquals("the report is " + page + System.lineSeparator(), out);
    String html = Files.readString(page);
    assertTrue(html.contains("<title>Comparison of 2 runs</title>"));
    assertTrue(html.contains("[\"recipe.epochs\",\"1\",\"2\"]"));
  }

  @Test
  void whatCannotBeReportedIsSaidInASentence() throws IOException {
    Outcome.of("report", folder).fails(1, folder + ": is not a run folder");
    train(run, "--epochs", 1).succeeds();
    Outcome.of("report", run, "--out", folder.resolve("page.html"))
        .fails(2, "--out is for a comparison");
    Files.writeString(run.resolve("predictions.csv"), "index\n");
    Outcome.of("report", run).fails(1, "predictions.csv: line 1 must be 'index,file");
  }
}
