package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.io.Models;
import photos.TrainPhotos;

/** The program in docs/spark.md, which is {@link TrainPhotos}. */
class JavaExampleTest {
  private static final Path SOURCE = Path.of("src", "test", "java", "photos", "TrainPhotos.java");

  private static final Path SPARK = Path.of("..", "docs", "spark.md");

  @TempDir Path folder;

  @Test
  void thePageShowsTheProgram() throws IOException {
    String program = Files.readString(SOURCE).replace("package photos;\n\n", "");
    assertEquals(List.of(program), DocumentedCode.in("java", SPARK));
  }

  @Test
  void theProgramTrainsSavesAndClassifies() throws IOException {
    LocalSpark.session();
    Path photos = folder.resolve("photos");
    for (int i = 0; i < 10; i++) {
      write(photos.resolve("black").resolve(i + ".png"), 0x101010 * i);
      write(photos.resolve("white").resolve(i + ".png"), 0xffffff - 0x101010 * i);
    }
    String printed = printedBy(photos.toUri().toString().replaceFirst("/$", ""));
    assertEquals(3, printed.lines().filter(line -> line.matches("\\|\\s+[1-3]\\|.*")).count());
    assertTrue(printed.contains("|predictedLabel|"), printed);
    assertEquals(
        List.of("black", "white"),
        Models.read(folder.resolve("photos-model").resolve("model.safetensors")).classes());
  }

  private static void write(Path file, int colour) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 64; i++) {
      image.setRGB(i % 8, i / 8, colour);
    }
    ImageIO.write(image, "png", file.toFile());
  }

  private static String printedBy(String folder) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream console = System.out;
    PrintStream printed = new PrintStream(bytes, true, StandardCharsets.UTF_8);
    System.setOut(printed);
    try {
      TrainPhotos.main(new String[] {folder});
    } finally {
      System.setOut(console);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
