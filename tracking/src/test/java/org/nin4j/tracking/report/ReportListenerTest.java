package org.nin4j.tracking.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.evaluate.ClassFigures;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.internal.CsvRow;
import org.nin4j.internal.CsvTable;
import org.nin4j.tracking.RunFolder;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TrainingEvent.Warning;
import org.nin4j.train.TrainingResult;

/** What a training writes about itself at its end. */
class ReportListenerTest {
  @TempDir Path temp;

  @Test
  void aTrainingLeavesItsReportAndTheSameAsData() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    TrainingResult result = ReportedTask.trainer(folder, 2, 1).train();
    Evaluation evaluation = result.evaluation().orElseThrow();
    JsonNode page = PageData.of(RunReport.file(folder));
    assertEquals(2, page.path("curves").path("epochs").size());
    assertEquals(14, page.path("curves").path("steps").path("loss").size());
    assertEquals(2.0, page.path("curves").path("steps").path("epoch").path(13).asDouble());
    assertEquals(ReportedTask.QUOTES, page.path("classes").path(1).asText());
    assertEquals(16, page.path("samples").path("pictures").size());
    assertEquals(6, page.path("maps").path("pictures").size());
    JsonNode map = page.path("maps").path("pictures").path(0);
    assertEquals(
        "a,\"b\"\n" + ReportedTask.MARKUP + "/" + map.path("index").asInt() + ".png",
        map.path("file").asText());
    assertTrue(page.path("profile").path("parts").size() > 5);
    long mistakes = evaluation.results().stream().filter(it -> !it.correct()).count();
    assertEquals(Math.min(24, mistakes), page.path("mistakes").size());

    Predictions predictions = Predictions.read(folder.path(), ReportedTask.CLASSES);
    assertEquals(evaluation, predictions.evaluation());
    assertEquals("a,\"b\"\n" + ReportedTask.MARKUP + "/0.png", predictions.files().get(0));
    List<List<String>> perClass =
        rows(
            folder.path().resolve(ClassCsvs.PER_CLASS),
            List.of("class", "images", "predicted", "correct", "precision", "recall", "f1"));
    List<String> columns = new ArrayList<>(List.of("label"));
    columns.addAll(ReportedTask.CLASSES);
    List<List<String>> confusion = rows(folder.path().resolve(ClassCsvs.CONFUSION), columns);
    for (int label = 0; label < 3; label++) {
      ClassFigures figures = evaluation.perClass().get(label);
      assertEquals(figures.name(), perClass.get(label).get(0));
      assertEquals(7, figures.images());
      assertEquals(figures.f1(), Double.parseDouble(perClass.get(label).get(6)), 1e-6);
      int sum = confusion.get(label).stream().skip(1).mapToInt(Integer::parseInt).sum();
      assertEquals(7, sum);
    }
  }

  private static List<List<String>> rows(Path file, List<String> columns) throws IOException {
    return new CsvTable(columns, "repeat the test").read(file, false, CsvRow::cells);
  }

  @Test
  void theReportThatIsMadeAnewIsTheSameFile() throws IOException {
    RunFolder folder = ReportedTask.train(temp.resolve("run"), 2, 1);
    String written = Files.readString(RunReport.file(folder));
    RunReport.of(folder).images(ReportedTask.data()).engine(Engines.reference(), 2).write();
    assertEquals(written, Files.readString(RunReport.file(folder)));
  }

  @Test
  void aTrainingThatIsResumedAtItsEndIsEvaluatedAgain() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    ReportedTask.trainer(folder, 2, 1).train();
    Path file = folder.path().resolve(Predictions.FILE);
    String written = Files.readString(file);
    Files.delete(file);
    Files.delete(RunReport.file(folder));
    ReportedTask.trainer(RunFolder.open(folder.path()), 2, 1).train();
    assertEquals(written, Files.readString(file));
    JsonNode page = PageData.of(RunReport.file(folder));
    assertFalse(page.path("evaluation").isMissingNode());
  }

  @Test
  void aModelWithoutPredictionsIsEvaluatedAgain() throws IOException {
    RunFolder folder = ReportedTask.train(temp.resolve("run"), 2, 1);
    Path file = folder.path().resolve(Predictions.FILE);
    String written = Files.readString(file);
    Files.delete(file);
    RunReport report = RunReport.of(folder).engine(Engines.reference(), 1);
    report.write();
    assertFalse(Files.exists(file));
    JsonNode page = PageData.of(RunReport.file(folder));
    assertTrue(page.path("evaluation").isMissingNode());
    assertTrue(page.path("not_evaluated").asText().contains("not at hand"));
    report.images(ReportedTask.data()).write();
    assertEquals(written, Files.readString(file));
  }

  @Test
  void predictionsAreWrittenLastSoThatTheOtherFilesOfAnEvaluationAreThere() throws IOException {
    RunFolder folder = ReportedTask.train(temp.resolve("run"), 2, 1);
    Path predictions = folder.path().resolve(Predictions.FILE);
    Path perClass = folder.path().resolve(ClassCsvs.PER_CLASS);
    Files.delete(predictions);
    Files.delete(perClass);
    Files.createDirectories(perClass.resolve("in the way"));
    RunReport report =
        RunReport.of(folder).images(ReportedTask.data()).engine(Engines.reference(), 1);
    assertThrows(IOException.class, report::write);
    assertFalse(Files.exists(predictions));
  }

  @Test
  void predictionsOfAnEarlierEpochAreNotShown() throws IOException {
    RunFolder one = ReportedTask.train(temp.resolve("one"), 1, 1);
    RunFolder two = ReportedTask.train(temp.resolve("two"), 2, 1);
    Path stale = two.path().resolve(Predictions.FILE);
    String right = Files.readString(stale);
    Files.copy(one.path().resolve(Predictions.FILE), stale, StandardCopyOption.REPLACE_EXISTING);
    RunReport.of(two).images(ReportedTask.data()).engine(Engines.reference(), 1).write();
    assertEquals(right, Files.readString(stale));
  }

  @Test
  void aTrainingThatIsStoppedInItsFirstEpochHasCurvesButNoEvaluation() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    StopAfter.steps(3).run(ReportedTask.trainer(folder, 2, 1));
    assertFalse(Files.exists(folder.path().resolve(Predictions.FILE)));
    JsonNode page = PageData.of(RunReport.file(folder));
    assertEquals(3, page.path("curves").path("steps").path("loss").size());
    assertEquals(3.0 / 7, page.path("curves").path("steps").path("epoch").path(2).asDouble(), 1e-6);
    assertTrue(page.path("evaluation").isMissingNode());
    assertTrue(page.path("not_evaluated").asText().contains("nin report"));
  }

  @Test
  void aKilledRunIsSaidToBeKilledAndKeepsTheFiguresOfItsLastEpoch() throws IOException {
    RunFolder folder = ReportedTask.train(temp.resolve("run"), 2, 1);
    Path record = folder.path().resolve("run.json");
    Files.writeString(
        record, Files.readString(record).replace("\"finished\"", "\"running\"")); // as in a kill
    Files.delete(folder.path().resolve(Predictions.FILE));
    RunFolder killed = RunFolder.open(folder.path());
    RunReport.of(killed).write();
    JsonNode tiles = PageData.of(RunReport.file(killed)).path("summary").path("tiles");
    assertTrue(tiles.toString().contains("[\"Epochs\",\"2 of 2\",\"killed\"]"), tiles.toString());
    assertEquals("after epoch 2", tiles.path(0).path(2).asText());
    assertEquals("Test accuracy", tiles.path(0).path(0).asText());
  }

  @Test
  void aReportThatCannotBeWrittenIsAWarning() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    Files.createDirectories(RunReport.file(folder));
    List<String> warnings = new ArrayList<>();
    ReportedTask.trainer(folder, 1, 1)
        .listen(
            event -> {
              if (event instanceof Warning warning) {
                warnings.add(warning.message());
              }
            })
        .train();
    assertTrue(Files.exists(folder.model()));
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("report.html"), warnings.get(0));
  }
}
