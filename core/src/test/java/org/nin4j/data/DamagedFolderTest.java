package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders with images that cannot be read. */
class DamagedFolderTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void name() throws IOException {
    folder = Files.createDirectory(temporary.resolve("photos"));
  }

  @Test
  void damagedImagesAreLeftOutAndListed() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 10);
    ImageFolders.classFolder(folder.resolve("dog"), 10);
    byte[] whole = ImageFolders.bytes(0x123456, "jpg");
    Files.write(folder.resolve("cat/cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
    Files.createFile(folder.resolve("cat/empty.png"));
    Files.writeString(folder.resolve("dog/page.jpg"), "<html><body>404</body></html>");
    Files.write(folder.resolve("dog/new.webp"), webp());
    DatasetSplits splits = open(DataOptions.DEFAULT.withToleratedDamage(0.2));
    assertEquals(20, splits.train().size() + splits.validation().orElseThrow().size());
    List<SkippedFile> damaged = splits.leftOut().damaged();
    assertEquals(
        List.of("cut.jpg", "empty.png", "new.webp", "page.jpg"),
        damaged.stream().map(each -> each.file().getFileName().toString()).toList());
    assertTrue(damaged.get(0).reason().startsWith("the image is "), damaged.get(0).reason());
    assertEquals("is empty", damaged.get(1).reason());
    assertEquals(
        "is a WebP image, which cannot be read here; convert it to PNG, JPEG, BMP, GIF or TIFF",
        damaged.get(2).reason());
    assertEquals(
        folder.resolve("dog/page.jpg") + ": is not a PNG, JPEG, BMP, GIF or TIFF image",
        damaged.get(3).toString());
    assertEquals(
        folder
            + ": 4 of 24 images cannot be read, more than the tolerated fraction of 0.05; remove or"
            + " replace them, or raise the limit with --max-damaged (from Java:"
            + " DataOptions.withToleratedDamage); the first is "
            + damaged.get(0),
        complaint(DataOptions.DEFAULT));
  }

  private static byte[] webp() {
    return "RIFF\20\0\0\0WEBPVP8 \4\0\0\0".getBytes(StandardCharsets.US_ASCII);
  }

  @Test
  void aClassOfDamagedImagesIsNoClass() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 50);
    Files.createFile(Files.createDirectory(folder.resolve("dog")).resolve("1.png"));
    Files.createFile(folder.resolve("dog/2.png"));
    assertEquals(
        folder
            + ": the folder 'dog' has no image that can be read; add images or remove the folder",
        complaint(DataOptions.DEFAULT));
  }

  /** Its segments are complete, but the image ends in the middle. */
  @Test
  void damageThatIsFoundOnlyByDecodingIsNamedWithWhatToDo() throws IOException {
    ImageFolders.classFolder(folder.resolve("dog"), 2);
    byte[] jpeg = largeJpeg();
    Path damaged = folder.resolve("cat/0.jpg");
    Files.createDirectories(damaged.getParent());
    Files.write(folder.resolve("cat/1.jpg"), jpeg);
    jpeg[jpeg.length / 2] = (byte) 0xFF;
    jpeg[jpeg.length / 2 + 1] = (byte) 0xD9;
    Files.write(damaged, jpeg);
    DatasetSplits splits = open(DataOptions.DEFAULT);
    assertEquals(FilesLeftOut.NONE, splits.leftOut());
    String message =
        assertThrows(
                UncheckedIOException.class,
                () -> {
                  readAll(splits.train());
                  readAll(splits.validation().orElseThrow());
                })
            .getCause()
            .getMessage();
    assertTrue(message.startsWith(damaged + ": the image is truncated ("), message);
    assertTrue(message.endsWith("; remove or replace the file, and start again"), message);
  }

  private static void readAll(ImageDataset images) {
    for (int i = 0; i < images.size(); i++) {
      assertEquals(3, images.image(i).channels());
    }
  }

  private static byte[] largeJpeg() throws IOException {
    BufferedImage image = new BufferedImage(700, 600, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(2);
    for (int i = 0; i < 700 * 600; i++) {
      image.setRGB(i % 700, i / 700, random.nextInt());
    }
    return ImageBytes.encode(image, "jpeg");
  }

  @Test
  void anImageThatVanishesLaterIsNamed() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 2);
    ImageFolders.classFolder(folder.resolve("dog"), 2);
    DatasetSplits splits = open(DataOptions.DEFAULT);
    for (int i = 0; i < 2; i++) {
      Files.delete(folder.resolve("cat").resolve(i + ".png"));
    }
    String message =
        assertThrows(UncheckedIOException.class, () -> splits.train().image(0)).getMessage();
    assertTrue(message.startsWith(folder.resolve("cat").toString()), message);
    assertTrue(message.endsWith(": there is no such file; check the path"), message);
  }

  private DatasetSplits open(DataOptions options) throws IOException {
    return ImageFolders.open(folder, options);
  }

  private String complaint(DataOptions options) {
    return ImageFolders.complaint(folder, options);
  }
}
