package org.nin4j.tracking.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.error.InvalidFileException;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.ImageResult;

/** The file predictions.csv. */
class PredictionsTest {
  private static final List<String> CLASSES = List.of("a, b", "\"c\"\nd", "cat");
  private static final Predictions TWO =
      new Predictions(
          new Evaluation(
              CLASSES,
              List.of(
                  new ImageResult(0, 1, 2, 0.7, 1e-320, 736.8),
                  new ImageResult(2, 2, 0, 1.0 / 3, 1.0 / 3, 1.0986122886681098))),
          List.of("x/1.png", ""));

  @TempDir Path temp;

  @Test
  void whatIsWrittenIsReadToTheLastBit() throws IOException {
    TWO.write(temp);
    assertEquals(TWO, Predictions.read(temp, CLASSES));
    assertTrue(
        Files.readString(temp.resolve(Predictions.FILE))
            .startsWith(
                "index,file,label,predicted,probability,label_probability,correct,rank,loss\n"
                    + "0,x/1.png,\"a, b\",\"\"\"c\"\"\nd\",0.7,"));
  }

  @Test
  void imagesAreTheSameIfTheirFilesAndLabelsAre() {
    Predictions renamed = new Predictions(TWO.evaluation(), List.of("x/1.png", "x/2.png"));
    assertTrue(TWO.sameImages(TWO));
    assertFalse(TWO.sameImages(renamed));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          cat,cat,0.5|dog,cat,0.5|line 4: the model has no class 'dog'
          cat,cat,0.3|cat,cat,half|line 4: probability must be a number, but is 'half'
          index,file|file,index|line 1 must be 'index,file,
          true,0,1.0986|true,zero,1.0986|line 4: rank must be a whole number from 0, but is 'zero'
          true,0,1.0986|true,3,1.0986|line 4: rank must be below 3, but is 3
          cat,cat,0.3|cat,cat,1.3|line 4: probability must be from 0 to 1, but is 1.3
          0.3333333333333333,true|-0.5,true|line 4: label_probability must be from 0 to 1, but is -0.5
          true,0,1.0986|false,0,1.0986|line 4: correct must be true
          true,0,1.0986|true,1.0986|line 4: must have 9 cells, but has 8
          1,,cat|3,,cat|line 4: index must be 1
          """)
  void aDefectIsNamed(String text, String changed, String complaint) throws IOException {
    TWO.write(temp);
    Path file = temp.resolve(Predictions.FILE);
    String csv = Files.readString(file).replace("0.3333333333333333,0.33", "0.5,0.33");
    csv = csv.replace("cat,cat,0.5", "cat,cat,0.3");
    String wrong =
        text.equals("cat,cat,0.5")
            ? csv.replace("cat,cat,0.3", changed)
            : csv.replace(text, changed);
    Files.writeString(file, wrong);
    InvalidFileException e =
        assertThrows(InvalidFileException.class, () -> Predictions.read(temp, CLASSES));
    assertTrue(e.getMessage().contains(complaint), e.getMessage());
  }

  @Test
  void aFileThatIsCutOffIsRefused() throws IOException {
    TWO.write(temp);
    Path file = temp.resolve(Predictions.FILE);
    String csv = Files.readString(file);
    Files.writeString(file, csv.substring(0, csv.length() - 4));
    assertThrows(InvalidFileException.class, () -> Predictions.read(temp, CLASSES));
  }
}
