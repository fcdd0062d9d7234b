package org.nin4j;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.DatasetSplits;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.train.Trainer;

/**
 * The README's example, as it stands there. Here {@code Datasets}, {@code Recipe} and {@code Path}
 * are those below: 20 images, one epoch, a folder of the test's own.
 */
class ReadmeExampleTest {
  private static final String BEGIN = "    // the example";
  private static final String END = "    // its end";

  @TempDir static java.nio.file.Path folder;

  private static void example() throws IOException {
    // the example
    Network network = Networks.NIN.build(Shape.of(1, 1, 96, 96), 10);
    Model model =
        new Trainer(Engines.best(), network, Datasets.sample(), Recipe.DEFAULT).train().model();
    Models.write(Path.of("model.safetensors"), model);
    try (Classifier classifier = Classifier.of(model)) {
      System.out.println(classifier.predict(Path.of("boot.png")).label());
    }
    // its end
  }

  @Test
  void theExampleTrainsANetworkSavesItAndNamesWhatIsOnAnImage() throws IOException {
    File boot = folder.resolve("boot.png").toFile();
    assertTrue(ImageIO.write(new BufferedImage(28, 28, BufferedImage.TYPE_BYTE_GRAY), "png", boot));
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      example();
    } finally {
      System.setOut(console);
    }
    List<String> classes = Datasets.sample().train().classes();
    assertTrue(Files.exists(folder.resolve("model.safetensors")));
    assertTrue(classes.contains(printed.toString(StandardCharsets.UTF_8).strip()));
  }

  @Test
  void theReadmeShowsExactlyTheseLines() throws IOException {
    java.nio.file.Path readme = java.nio.file.Path.of("..", "README.md");
    String shown = "```java\n" + lines() + "\n```";
    assertTrue(Files.readString(readme).contains(shown), "README.md should contain:\n" + shown);
  }

  private static String lines() throws IOException {
    java.nio.file.Path source =
        java.nio.file.Path.of("src", "test", "java", "org", "nin4j", "ReadmeExampleTest.java");
    List<String> all = Files.readAllLines(source);
    return all.subList(all.indexOf(BEGIN) + 1, all.indexOf(END)).stream()
        .map(line -> line.substring(Math.min(4, line.length())))
        .collect(Collectors.joining("\n"));
  }

  private static final class Datasets {
    static DatasetSplits sample() {
      return FirstImages.ofSample(20);
    }
  }

  private static final class Recipe {
    static final org.nin4j.train.Recipe DEFAULT =
        org.nin4j.train.Recipe.DEFAULT.with(r -> r.epochs(1));
  }

  private static final class Path {
    static java.nio.file.Path of(String name) {
      return folder.resolve(name);
    }
  }
}
