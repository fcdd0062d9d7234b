package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.error.InvalidFileException;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Score;

/** The readers of steps.csv and metrics.csv. */
class CsvFilesTest {
  private static final String METRICS =
      "epoch,train_loss,train_accuracy,val_loss,val_accuracy,test_loss,test_accuracy,"
          + "images_per_second\n";
  private static final String STEPS =
      "epoch,step,loss,learning_rate,gradient_norm,images_per_second\n";

  @TempDir Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("file.csv"), text);
  }

  private static StepMetrics step(int epoch, int step) {
    return new StepMetrics(epoch, step, 1.0e-7, 0.02, 1.5, 10);
  }

  @Test
  void stepsAreReadAsTheyWereWrittenWithAllDigits() throws IOException {
    List<StepMetrics> steps = List.of(step(1, 1), new StepMetrics(2, 3, 0.1 + 0.2, 1e-9, 1e9, 0.5));
    StringBuilder text = new StringBuilder(StepsCsv.header());
    steps.forEach(each -> text.append(StepsCsv.line(each)));
    assertEquals(STEPS, StepsCsv.header());
    assertEquals(steps, StepsCsv.read(file(text.toString())));
    assertEquals(List.of(), StepsCsv.read(file(STEPS)));
  }

  @Test
  void metricsAreReadAsTheyWereWritten() throws IOException {
    Score score = new Score(0.123456, 0.5);
    List<EpochMetrics> history =
        List.of(
            new EpochMetrics(1, score, Optional.of(new Score(2, 0)), Optional.empty(), 99.5),
            new EpochMetrics(2, score, Optional.empty(), Optional.of(score), 100));
    Path file = folder.resolve("metrics.csv");
    MetricsCsv.write(file, history);
    assertEquals(history, MetricsCsv.read(file));
  }

  @Test
  void aStepWhoseLineIsBeingWrittenIsLeftOut() throws IOException {
    String whole = STEPS + "1,1,0.5,0.02,1.5,10.0\n1,2,0.25,0.02,1.5,10.0\n";
    int first = STEPS.length() + "1,1,0.5,0.02,1.5,10.0\n".length();
    for (int length = STEPS.length(); length <= whole.length(); length++) {
      int steps = length == whole.length() ? 2 : length >= first ? 1 : 0;
      assertEquals(steps, StepsCsv.read(file(whole.substring(0, length))).size(), "at " + length);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1,1,0.5,0.02,1.5 | line 2: must have 6 cells, but has 5",
        "1,1,0.5,0.02,1.5,10,7 | line 2: must have 6 cells, but has 7",
        "0,1,0.5,0.02,1.5,10 | line 2: epoch must be a whole number from 1, but is '0'",
        "1,1.5,0.5,0.02,1.5,10 | line 2: step must be a whole number from 1, but is '1.5'",
        "1,1,NaN,0.02,1.5,10 | line 2: loss must be a number, but is 'NaN'",
        "1,1,,0.02,1.5,10 | line 2: loss must be a number, but is ''",
        "1,1,0x1p3,0.02,1.5,10 | line 2: loss must be a number, but is '0x1p3'",
        "1,1,0.5,0.02,1e999,10 | line 2: gradient_norm must be a number, but is '1e999'",
        "1,2,1,1,1,1/1,1,1,1,1,1 | line 3: epoch 1, step 1 is not after the line before",
        "1,1,1,1,1,1/1,1,1,1,1,1 | line 3: epoch 1, step 1 is not after the line before",
        "2,1,1,1,1,1/1,2,1,1,1,1 | line 3: epoch 1, step 2 is not after the line before"
      })
  void aLineOfStepsThatIsNotOfATrainingIsRefusedWithItsNumber(String lines, String complaint)
      throws IOException {
    Path file = file(STEPS + lines.strip().replace('/', '\n') + "\n");
    assertRefused(file, complaint, () -> StepsCsv.read(file));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "1,1,1,,,1,1 | line 2: must have 8 cells, but has 7",
        "2,1,1,,,1,1,9 | line 2: epoch must be 1, but is 2",
        "1,1,1,,,1,1,9/3,1,1,,,1,1,9 | line 3: epoch must be 2, but is 3",
        "1,1,1,,,1,1,9/1,1,1,,,1,1,9 | line 3: epoch must be 2, but is 1",
        "one,1,1,,,1,1,9 | line 2: epoch must be a whole number from 1, but is 'one'",
        "1,,1,,,1,1,9 | line 2: train_loss must be a number, but is ''",
        "1,1,1,2,,1,1,9 | line 2: val_accuracy must be a number, but is ''",
        "1,1,1,,,,,9 | line 2: must have val_loss or test_loss, but both are empty"
      })
  void aLineOfMetricsThatIsNotOfATrainingIsRefusedWithItsNumber(String lines, String complaint)
      throws IOException {
    Path file = file(METRICS + lines.strip().replace('/', '\n') + "\n");
    assertRefused(file, complaint, () -> MetricsCsv.read(file));
  }

  @Test
  void anotherHeaderIsRefused() throws IOException {
    String complaint = "line 1 must be '";
    assertRefused(file(""), complaint + STEPS.strip() + "'", () -> StepsCsv.read(file("")));
    Path file = file(STEPS.replace("loss", "cost"));
    assertRefused(file, complaint + STEPS.strip() + "'", () -> StepsCsv.read(file));
    assertRefused(file, complaint + METRICS.strip() + "'", () -> MetricsCsv.read(file));
  }

  @Test
  void metricsAreWrittenAsAWholeSoACutOffLineIsRefused() throws IOException {
    Path file = file(METRICS + "1,1,1,,,1,1,9");
    assertRefused(file, "the last line is cut off", () -> MetricsCsv.read(file));
  }

  @Test
  void longAndUnprintableCellsAreCutInTheComplaint() throws IOException {
    Path file = file(STEPS + "1,1,\u001b[31m" + "9".repeat(500) + ",1,1,1\n");
    assertRefused(file, "'\\u001b[31m" + "9".repeat(75) + "...'", () -> StepsCsv.read(file));
  }

  @Test
  void aMissingFileIsReportedWithItsPath() {
    Path none = folder.resolve("none.csv");
    IOException e = assertThrows(NoSuchFileException.class, () -> StepsCsv.read(none));
    assertEquals(none + ": there is no such file; check the path", e.getMessage());
  }

  private interface Reading {
    void read() throws IOException;
  }

  private static void assertRefused(Path file, String complaint, Reading reading) {
    InvalidFileException e = assertThrows(InvalidFileException.class, reading::read);
    String message = e.getMessage();
    assertEquals(file + ": ", message.substring(0, file.toString().length() + 2));
    assertEquals("; restore the file", message.substring(message.length() - 18), message);
    assertEquals(1, message.lines().count(), message);
    if (!message.contains(complaint)) {
      throw new AssertionError("'" + message + "' does not contain '" + complaint + "'");
    }
  }
}
