package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LrFindCommandTest {
  /** The suggestion's line, of {@code LrFindChart}. */
  private static final int SUGGESTION = 0xa8580f;

  @TempDir Path folder;
  private Path data;
  private Path network;

  @BeforeEach
  void makeDataAndNetwork() throws IOException {
    data = TinyData.folder(folder.resolve("two rows"), 40);
    network = TinyData.network(folder.resolve("tiny.json"));
  }

  private Outcome find(Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("lr-find", "--net", network, "--data", data, "--batch-size", 16));
    args.addAll(Arrays.asList(more));
    return Outcome.of(args.toArray());
  }

  @Test
  void theSuggestionIsACommandWithTheSameOptionsThatTrains() {
    List<String> lines = find("--no-png", "--seed", 3).succeeds().out().lines().toList();
    assertTrue(lines.get(0).matches("Step  Learning rate +Loss +Smoothed"), lines.get(0));
    assertTrue(lines.get(2).matches(" +1 +1\\.0e-07 +\\d\\.\\d{4} +\\d\\.\\d{4}"), lines.get(2));
    String command = lines.get(lines.size() - 1).strip();
    String prefix =
        "nin train --net " + network + " --data '" + data + "' --batch-size 16 --seed 3 --lr ";
    assertTrue(command.startsWith(prefix), command);
    String rate = command.substring(prefix.length());
    assertTrue(lines.get(lines.size() - 2).endsWith(" a learning rate of " + rate + ":"), rate);
    Outcome.of(
            "train",
            "--net",
            network,
            "--data",
            data,
            "--batch-size",
            16,
            "--lr",
            rate,
            "--epochs",
            1,
            "--out",
            folder.resolve("run"))
        .succeeds();
  }

  @Test
  void aLossThatDivergesEndsTheSearch() {
    String out = find("--no-png", "--recipe", "d2l", "--max-lr", "1e12").succeeds().out();
    assertTrue(
        out.matches("(?s).*The loss diverged, so the search ended after \\d+ of 100 .*"), out);
  }

  @Test
  void theCsvFileHasALineForEachStep() throws IOException {
    Path csv = folder.resolve("curve.csv");
    find("--no-png", "--steps", 12, "--min-lr", "1e-4", "--max-lr", "1e-3", "--csv", csv)
        .succeeds();
    List<String> lines = Files.readAllLines(csv);
    assertEquals("step,learning_rate,loss,smoothed_loss", lines.get(0));
    assertEquals(13, lines.size());
    assertTrue(lines.get(1).startsWith("1,1.0E-4,"), lines.get(1));
    assertEquals(1e-3, Double.parseDouble(lines.get(12).split(",", -1)[1]), 1e-12);
  }

  @Test
  void thePictureShowsTheSuggestionAndNothingElseIsWritten() throws IOException {
    Path png = folder.resolve("pictures").resolve("curve.png");
    Files.createDirectory(png.getParent());
    Outcome outcome = find("--png", png).succeeds();
    assertTrue(outcome.out().endsWith("the curve is in " + png + System.lineSeparator()));
    BufferedImage picture = ImageIO.read(png.toFile());
    int pixels = 0;
    for (int y = 0; y < picture.getHeight(); y++) {
      for (int x = 0; x < picture.getWidth(); x++) {
        pixels += (picture.getRGB(x, y) & 0xFFFFFF) == SUGGESTION ? 1 : 0;
      }
    }
    assertTrue(pixels > picture.getHeight() / 2, pixels + " pixels");
    try (var files = Files.list(png.getParent())) {
      assertEquals(List.of(png), files.toList());
    }
  }

  @Test
  void aLossThatNeverFallsHasNoSuggestion() {
    String out = find("--no-png", "--min-lr", "1e-12", "--max-lr", "1e-11").succeeds().out();
    assertTrue(
        out.contains("There is no suggestion, because the loss does not fall clearly; "), out);
    assertFalse(out.contains("nin train"), out);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--lr 0.1 | --lr is what this command searches for",
        "--png a.png --no-png | --png and --no-png cannot be combined",
        "--steps 9 | needs at least 10 steps, but got 9",
        "--min-lr 0 | must rise from one above 0, but go from 0.0 to 10.0",
        "--max-lr 1e-8 | must rise from one above 0, but go from 1.0E-7 to 1.0E-8",
        "--min-lr little | 'little' is not a number",
        "--size 0 | --size must be at least 1, but is 0"
      })
  void invalidUsageExitsWith2(String options, String complaint) {
    Outcome outcome = find((Object[]) options.split(" ", -1));
    assertEquals(2, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains(complaint), outcome.err());
  }
}
