package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code nin explain} with a model that comes with the library. */
class ExplainCommandTest {
  private static final String MODEL = "nin-small-cifar10";

  @TempDir Path folder;
  private Path image;

  @BeforeEach
  void drawImage() throws IOException {
    BufferedImage picture = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(1);
    for (int p = 0; p < 40 * 32; p++) {
      picture.setRGB(p % 40, p / 40, random.nextInt(1 << 24));
    }
    image = folder.resolve("noise.png");
    assertTrue(ImageIO.write(picture, "png", image.toFile()));
  }

  private Outcome explain(Object... more) {
    Object[] words = new Object[4 + more.length];
    System.arraycopy(new Object[] {"explain", "--model", MODEL, image}, 0, words, 0, 4);
    System.arraycopy(more, 0, words, 4, more.length);
    return Outcome.of(words);
  }

  @Test
  void thePredictionTheMethodAndThePictureAreNamed() throws IOException {
    Path out = folder.resolve("new").resolve("folder");
    String text = explain("--out", out).succeeds().out();
    assertTrue(text.startsWith(image + System.lineSeparator()), text);
    assertTrue(text.contains("because the class maps have only 3x3 cells"), text);
    assertTrue(text.matches("(?s).*explained: \\w+, \\d+\\.\\d %.*"), text);
    Path written = out.resolve("noise-explained.png");
    assertTrue(text.contains("written: " + written), text);
    assertEquals(8 * 32 + 16, ImageIO.read(written.toFile()).getHeight());
  }

  @Test
  void jsonHasAllMapsAsNumbers() throws IOException {
    Path out = folder.resolve("dog.PNG");
    Outcome outcome =
        explain(
            "--class",
            "dog",
            "--method",
            "class-maps",
            "--layer",
            "2",
            "--out",
            out,
            "--format",
            "json");
    JsonNode json = new ObjectMapper().readTree(outcome.succeeds().out());
    assertEquals("dog", json.get("class").asText());
    assertEquals("class-maps", json.get("method").asText());
    assertEquals(40, json.get("region").get("width").asDouble());
    JsonNode dog = json.get("classes").get(5);
    assertEquals("dog", dog.get("class").asText());
    assertEquals(json.get("heat_map"), dog.get("map"));
    assertFalse(dog.has("map_before_relu"), "the network has no last ReLU");
    double sum = 0;
    for (JsonNode row : dog.get("map")) {
      for (JsonNode value : row) {
        sum += value.asDouble();
      }
    }
    assertEquals(dog.get("logit").asDouble(), sum / 9, 1e-5);
    assertEquals(2, json.get("files").size());
    assertTrue(Files.exists(out));
    assertTrue(Files.exists(folder.resolve("dog-layer-2.5.PNG")));
  }

  @Test
  void whatIsWrongIsSaidInOneSentence() throws IOException {
    explain("--class", "dgo").fails(2, "unknown class 'dgo'; did you mean 'dog'?");
    explain("--layer", "40", "--out", folder).fails(2, "--layer: network 'nin-small' has no layer");
    explain("--layer", "7", "--out", folder).fails(2, "--layer: layer 7 Flatten");
    explain("--method", "layercam").fails(2, "did you mean 'layer-cam'?");
    Path text = Files.writeString(folder.resolve("notes.png"), "no picture");
    Outcome.of("explain", "--model", MODEL, text, "--out", folder).fails(1, "notes.png");
    Outcome.of("explain", "--model", "nin-smal", image).fails(2, "nin-small-cifar10");
    explain("--out", folder.resolve("dog.jpg")).fails(2, "dog.jpg is no PNG file");
    assertFalse(Files.exists(folder.resolve("dog.jpg")));
    explain("--class", "3").fails(2, "unknown class '3' (one of: airplane");
    explain("--out", image.resolve("below")).fails(1, image.toString());
  }
}
