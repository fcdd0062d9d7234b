package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageFiles;

/** {@code nin} on a folder of photographs, from the first look to a prediction. */
class ImageFolderTest {
  private static final int PER_CLASS = 20;

  @TempDir Path temporary;
  private Path photos;
  private Path run;
  private Path network;

  @BeforeEach
  void fill() throws IOException {
    photos = temporary.resolve("photos");
    run = temporary.resolve("run");
    network = TinyData.network(temporary.resolve("tiny.json"));
    for (int i = 0; i < PER_CLASS; i++) {
      image(photos.resolve("dark").resolve(i + ".png"), 0x101010 + i);
      image(photos.resolve("light").resolve(i + ".jpg"), 0xE0E0E0 + i);
    }
    Files.writeString(photos.resolve("notes.txt"), "none");
  }

  private static void image(Path file, int rgb) throws IOException {
    Files.createDirectories(file.getParent());
    BufferedImage image = new BufferedImage(10, 12, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 120; i++) {
      image.setRGB(i % 10, i / 10, rgb);
    }
    String name = file.getFileName().toString();
    assertTrue(ImageIO.write(image, name.substring(name.indexOf('.') + 1), file.toFile()));
  }

  @Test
  void showTellsWhatIsThereAndWhatWasLeftOut() throws IOException {
    Path broken = Files.writeString(photos.resolve("dark/broken.jpg"), "<html></html>");
    List<String> lines =
        Outcome.of("data", "show", photos, "--count", 0, "--val-split", 0.25)
            .succeeds()
            .out()
            .lines()
            .toList();
    assertEquals(
        List.of(
            photos + ": 30 training and 10 validation images, 3x12x10, 2 classes",
            "left out: 1 damaged image, 1 other file",
            "  " + broken + ": is not a PNG, JPEG, BMP, GIF, TIFF or WebP image",
            "",
            "LABEL  CLASS  TRAINING VALIDATION",
            "    0  dark         15          5",
            "    1  light        15          5"),
        lines);
    assertTrue(
        Outcome.of("data", "show", photos, "--count", 0, "--grey")
            .succeeds()
            .out()
            .startsWith(photos + ": 36 training and 4 validation images, 1x12x10, 2 classes"));
  }

  @Test
  void moreDamageThanToleratedIsRefusedWithTheOptionToTolerateIt() throws IOException {
    for (int i = 0; i < 5; i++) {
      Files.createFile(photos.resolve("dark/empty" + i + ".jpg"));
    }
    Outcome.of("data", "show", photos, "--count", 0)
        .fails(
            1,
            "5 of 45 images cannot be read, more than the tolerated fraction of 0.05; remove or"
                + " replace them, or raise the limit with --max-damaged");
    Outcome shown = Outcome.of("data", "show", photos, "--count", 0, "--max-damaged", 0.12);
    assertTrue(shown.succeeds().out().contains("left out: 5 damaged images"), shown.out());
    Outcome.of("data", "show", photos, "--max-damaged", 1.5)
        .fails(2, "--max-damaged must be from 0 to 1, but is 1.5");
    train("--max-damaged", 0.2).succeeds();
    Outcome.of("eval", "--model", run.resolve("model.safetensors")).succeeds();
    Outcome.of("eval", "--model", run.resolve("model.safetensors"), "--max-damaged", 0)
        .fails(1, "--max-damaged");
  }

  @Test
  void showDrawsImagesOfEveryClass() throws IOException {
    Path sheet = temporary.resolve("sheet.png");
    Outcome.of("data", "show", photos, "--count", 2, "--png", sheet).succeeds();
    BufferedImage drawn = ImageIO.read(sheet.toFile());
    assertEquals(0x10, drawn.getRGB(5, 5) & 0xFF, 8);
    assertEquals(0xE0, drawn.getRGB(5 + 12, 5) & 0xFF, 8 + PER_CLASS);
  }

  @Test
  void aNetworkLearnsFromAFolder() throws IOException {
    Outcome outcome = train("--val-split", 0.5);
    outcome.succeeds();
    assertTrue(
        outcome
            .out()
            .contains(
                photos + ", 20 images to train on, 20 to validate\n         left out: 1 file"),
        outcome.out());
    Path model = run.resolve("model.safetensors");
    assertTrue(
        Outcome.of("eval", "--model", model).succeeds().out().contains("20 images of " + photos));
    Outcome.of("predict", "--model", model, photos.resolve("light")).succeeds();
  }

  @Test
  void theSameFolderGivesTheSameModel() throws IOException {
    train().succeeds();
    byte[] first = Files.readAllBytes(run.resolve("model.safetensors"));
    run = temporary.resolve("again");
    train().succeeds();
    assertArrayEquals(first, Files.readAllBytes(run.resolve("model.safetensors")));
  }

  @Test
  void aRunIsResumedOnlyWithTheSameImages() throws IOException {
    train("--val-split", 0.5).succeeds();
    Outcome.of("train", "--resume", run).succeeds();
    Outcome.of("train", "--resume", run, "--val-split", 0.5).succeeds();
    Outcome.of("train", "--resume", run, "--val-split", 0.4).fails(1, "the run was started with");
    Files.delete(photos.resolve("dark/3.png"));
    Files.delete(run.resolve("model.safetensors")); // so that the run is not complete
    Outcome.of("train", "--resume", run).fails(1, "the run was started with");
  }

  @Test
  void coloursAreSeenUnlessGreyIsAskedFor() {
    Outcome grey = train();
    assertTrue(grey.succeeds().out().contains("images 1x1x8x8"), grey.out());
    run = temporary.resolve("colour");
    assertTrue(
        Outcome.of(
                "train",
                "--data",
                photos,
                "--net",
                "nin-cifar10",
                "--size",
                32,
                "--epochs",
                1,
                "--out",
                run)
            .succeeds()
            .out()
            .contains("images 1x3x32x32"));
  }

  @Test
  void whatCannotBeTrainedOnIsSaidInASentence() throws IOException {
    Outcome.of("train", "--data", photos.resolve("dark"))
        .fails(1, "has 20 images, but no folder for each class");
    Outcome.of("train", "--data", photos, "--val-split", 1).fails(2, "--val-split must be above 0");
    Files.createDirectory(photos.resolve("empty"));
    Outcome.of("train", "--data", photos)
        .fails(1, photos + ": the folder 'empty' has no image; add images or remove the folder");
    assertFalse(Files.exists(run));
  }

  /** Written out bit by bit: a lossless image whose codes have one symbol each. */
  @Test
  void webPIsReadByThePlugin() throws IOException {
    Path file = temporary.resolve("one.webp");
    Files.write(file, new WebPBytes(5, 3, 0xC08040).file());
    byte[] pixels = ImageFiles.read(file, 3).pixels();
    assertEquals(45, pixels.length);
    for (int i = 0; i < 15; i++) {
      assertEquals((byte) 0xC0, pixels[i]);
      assertEquals((byte) 0x80, pixels[15 + i]);
      assertEquals((byte) 0x40, pixels[30 + i]);
    }
    Files.copy(file, photos.resolve("dark/one.webp"));
    assertTrue(
        Outcome.of("data", "show", photos, "--count", 0)
            .succeeds()
            .out()
            .contains("3 channels, various sizes"));
  }

  @Test
  void aWebPIsTurnedAsItSays() throws IOException {
    WebPBytes webp = new WebPBytes(5, 3, 0xC08040);
    Path file = temporary.resolve("turned.webp");
    for (int orientation : new int[] {1, 6}) {
      Files.write(file, webp.file(5, 3, orientation));
      DecodedImage image = ImageFiles.read(file, 3);
      assertEquals(orientation == 1 ? 3 : 5, image.height());
      assertEquals((byte) 0xC0, image.pixels()[14]);
    }
  }

  /** In grey, which is what the network takes. */
  private Outcome train(Object... further) {
    List<Object> words =
        new ArrayList<>(List.of("train", "--data", photos, "--grey", "--net", network));
    words.addAll(List.of("--size", 8, "--epochs", 1, "--out", run));
    words.addAll(List.of(further));
    return Outcome.of(words.toArray());
  }
}
