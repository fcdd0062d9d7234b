package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.Datasets;
import org.nin4j.data.ImageDataset;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;

class DataCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void listShowsEveryDatasetWithItsLicence() {
    assertEquals(0, run(Ansi.OFF, "list"));
    for (String expected : List.of("sample", "fashion-mnist", "mnist", "MIT", "CC BY-SA 3.0")) {
      assertTrue(out.toString().contains(expected), expected);
    }
  }

  @Test
  void showCountsTheImagesOfEachClass() {
    assertEquals(0, run(Ansi.OFF, "show", "--count", "0"));
    List<String> lines = out.toString().lines().toList();
    assertEquals(
        "sample: 10,000 training and 2,000 test images, 1x28x28, 10 classes", lines.get(0));
    assertEquals("    1  Trouser         1,000       200", lines.get(4));
  }

  @Test
  void showCountsWhatWouldBeHeldOut() {
    assertEquals(0, run(Ansi.OFF, "show", "--count", "0", "--val-split", "0.25"));
    List<String> lines = out.toString().lines().toList();
    assertEquals(
        "sample: 7,500 training, 2,500 validation and 2,000 test images, 1x28x28, 10 classes",
        lines.get(0));
    assertEquals("    1  Trouser           750        250       200", lines.get(4));
  }

  @Test
  void showDrawsImagesUprightInHalfBlocks() {
    assertEquals(0, run(Ansi.OFF, "show", "--count", "1"));
    ImageDataset train = Datasets.sample().train();
    byte[] pixels = train.image(0).pixels();
    List<String> lines = out.toString().lines().toList();
    List<String> art = lines.subList(lines.size() - 14, lines.size());
    for (int y = 0; y < 28; y++) {
      for (int x = 0; x < 28; x++) {
        boolean bright = (pixels[y * 28 + x] & 0xFF) >= 96;
        String set = y % 2 == 0 ? "\u2580\u2588" : "\u2584\u2588";
        assertEquals(bright, set.indexOf(art.get(y / 2).charAt(x)) >= 0, y + ", " + x);
      }
    }
    assertTrue(lines.get(lines.size() - 15).startsWith(train.classes().get(train.label(0))));
  }

  @Test
  void onATerminalTheBlocksAreGrey() {
    assertEquals(0, run(Ansi.ON, "show", "--count", "1"));
    assertTrue(out.toString().contains("\u001b[38;5;232;48;5;232m\u2580"));
  }

  @Test
  void showWritesASheetOfImages() throws IOException {
    Path file = folder.resolve("sheet.png");
    assertEquals(0, run(Ansi.OFF, "show", "--count", "12", "--png", file.toString()));
    BufferedImage sheet = ImageIO.read(file.toFile());
    assertEquals(10 * 30 + 2, sheet.getWidth());
    assertEquals(2 * 30 + 2, sheet.getHeight());
    byte[] pixels = Datasets.sample().train().image(11).pixels();
    for (int p = 0; p < pixels.length; p++) {
      int expected = 0xFF000000 | (pixels[p] & 0xFF) * 0x010101;
      assertEquals(expected, sheet.getRGB(32 + p % 28, 32 + p / 28), "pixel " + p);
    }
  }

  @Test
  void showAugmentedDrawsWhatANetworkSees() throws IOException {
    Path file = folder.resolve("sheet.png");
    String[] show = {
      "show", "--augmented", "--size", "28", "--count", "10", "--png", file.toString()
    };
    assertEquals(0, run(Ansi.OFF, show));
    BufferedImage sheet = ImageIO.read(file.toFile());
    int flipped = 0;
    for (int i = 0; i < 10; i++) {
      byte[] pixels = Datasets.sample().train().image(i).pixels();
      int plain = 0;
      int mirrored = 0;
      for (int p = 0; p < pixels.length; p++) {
        int shown = sheet.getRGB(2 + 30 * i + p % 28, 2 + p / 28) & 0xFF;
        plain += shown == (pixels[p] & 0xFF) ? 1 : 0;
        mirrored += shown == (pixels[p / 28 * 28 + 27 - p % 28] & 0xFF) ? 1 : 0;
      }
      assertEquals(pixels.length, Math.max(plain, mirrored), "image " + i);
      flipped += mirrored > plain ? 1 : 0;
    }
    assertTrue(flipped > 0 && flipped < 10, flipped + " of 10 are flipped by the default recipe");
    assertEquals(2, run(Ansi.OFF, "show", "--augmented", "--recipe", "defualt"));
    assertTrue(err.toString().contains("did you mean 'default'"), err.toString());
    assertEquals(2, run(Ansi.OFF, "show", "--augmented", "--size", "0"));
  }

  @Test
  void aSheetThatCannotBeWrittenIsReportedWithItsPath() {
    Path file = folder.resolve("none").resolve("sheet.png");
    assertEquals(1, run(Ansi.OFF, "show", "--png", file.toString()));
    assertTrue(err.toString().startsWith(file + ": the folder "), err.toString());
  }

  @Test
  void invalidUsageExitsWith2() {
    assertEquals(2, run(Ansi.OFF));
    assertEquals(2, run(Ansi.OFF, "fetch"));
    assertEquals(2, run(Ansi.OFF, "fetch", "nope"));
    assertEquals(2, run(Ansi.OFF, "show", "--count", "-1"));
    assertTrue(err.toString().contains("no data set is named 'nope'; known names: fashion-mnist"));
  }

  @Test
  void anUnknownDatasetExitsWith1() {
    assertEquals(1, run(Ansi.OFF, "show", "nope"));
    assertEquals(
        "there is no data set or folder 'nope'; known names: sample, fashion-mnist, mnist",
        err.toString().strip());
  }

  @Test
  void theSampleNeedNotBeFetched() {
    assertEquals(0, run(Ansi.OFF, "fetch", "sample"));
    assertEquals("The sample is built in; there is nothing to fetch.", out.toString().strip());
  }

  @Test
  void fetchingFromAMissingFolderExitsWith1() {
    String missing = folder.resolve("missing").toString();
    assertTrue(Files.notExists(Path.of(missing)));
    assertEquals(1, run(Ansi.OFF, "fetch", "mnist", "--from", missing));
    assertEquals("'" + missing + "' is neither a web address nor a folder", err.toString().strip());
  }

  private int run(Ansi ansi, String... args) {
    return OptionConverters.register(new CommandLine(new DataCommand()))
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err, true))
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setExecutionExceptionHandler(
            (e, command, parsed) -> {
              command.getErr().println(e.getMessage());
              return 1;
            })
        .execute(args);
  }
}
