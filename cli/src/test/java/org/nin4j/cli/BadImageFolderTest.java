package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code nin train} on folders that people may point it at: each mistake is answered by one
 * sentence, and leaves no run folder behind.
 */
class BadImageFolderTest {
  private static final String NEEDED = "at least two are needed, one for each class";

  @TempDir Path temporary;
  private Path photos;
  private Path run;
  private Path network;

  @BeforeEach
  void fill() throws IOException {
    photos = Files.createDirectory(temporary.resolve("photos"));
    run = temporary.resolve("run");
    network = TinyData.network(temporary.resolve("tiny.json"));
  }

  private static byte[] image(String format, int width, int height, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, rgb + 3 * i);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, format, out));
    return out.toByteArray();
  }

  private void twoClasses() throws IOException {
    images(photos.resolve("cat"), 15, 0x101010);
    images(photos.resolve("dog"), 15, 0xC0C0C0);
  }

  private static void images(Path folder, int count, int rgb) throws IOException {
    Files.createDirectories(folder);
    for (int i = 0; i < count; i++) {
      Files.write(folder.resolve(i + ".png"), image("png", 9, 10, rgb + i));
    }
  }

  private Outcome train() {
    return Outcome.of(
        "train",
        "--data",
        photos,
        "--grey",
        "--net",
        network,
        "--size",
        8,
        "--epochs",
        1,
        "--out",
        run);
  }

  private void assertRefused(String sentence) {
    train().fails(1, sentence);
    assertFalse(Files.exists(run), "a run folder was created");
  }

  /** Trains on all images but one, which is named with the reason. */
  private void assertLeftOut(Path file, String reason) throws IOException {
    Outcome outcome = train().succeeds();
    assertTrue(outcome.out().contains("left out: 1 damaged image"), outcome.out());
    Outcome shown = Outcome.of("data", "show", photos, "--count", 0).succeeds();
    assertTrue(shown.out().contains("  " + file + ": " + reason), shown.out());
    String listed = Files.readString(run.resolve("skipped.csv"));
    assertTrue(listed.contains(file.getFileName().toString()), listed);
  }

  @Test
  void anEmptyFolder() {
    assertRefused(
        photos
            + ": is empty; a data set needs a folder of images for each class, or IDX or CIFAR"
            + " files");
  }

  @Test
  void aFolderOfOneClass() throws IOException {
    images(photos.resolve("cat"), 3, 0);
    assertRefused(photos + ": has only one folder, 'cat'; " + NEEDED);
  }

  @Test
  void aClassOfOneImage() throws IOException {
    twoClasses();
    images(photos.resolve("rare"), 1, 0);
    assertRefused(photos + ": the class 'rare' has only one image, so none can be held out");
  }

  @Test
  void aFolderOfFiles() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      Files.createFile(photos.resolve(i + ".jpg"));
    }
    assertRefused(
        photos
            + ": has 2,000 images, but no folder for each class; put the images of each class into"
            + " a separate folder");
  }

  /** The files are empty, which would be complained of if they were read. */
  @Test
  void aFolderForEachFile() throws IOException {
    for (int i = 0; i < 2_000; i++) {
      Files.createFile(Files.createDirectory(photos.resolve("f" + i)).resolve("x.jpg"));
    }
    assertRefused(
        photos + ": the class 'f0' has only one image, as 2,000 of the 2,000 classes have, so");
  }

  @Test
  void aFolderThatMayNotBeRead() throws IOException {
    twoClasses();
    Path closed = photos.resolve("dog");
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(closed), "root may read everything");
      assertRefused(closed + ": may not be read; change its permissions");
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aLinkToAFolderAroundIt() throws IOException {
    twoClasses();
    Path link = Files.createSymbolicLink(photos.resolve("cat/back"), photos);
    assertRefused(link + ": is a link to a folder that contains it; remove the link");
  }

  @Test
  void aLinkToItself() throws IOException {
    twoClasses();
    Path link = photos.resolve("cat/link.png");
    assertLeftOut(Files.createSymbolicLink(link, link), "cannot be read (");
  }

  /** Java cannot write such names itself. */
  @Test
  void aNameThatIsNotUtf8() throws Exception {
    twoClasses();
    Process shell =
        new ProcessBuilder("sh", "-c", "cp 0.png \"$(printf 'caf\\351')\".png")
            .directory(photos.resolve("cat").toFile())
            .start();
    assumeTrue(shell.waitFor() == 0, "the file system accepts only UTF-8");
    assertRefused(": the name is not text in UTF-8");
  }

  @Test
  void anImageOfOnePixelIsAnImage() throws IOException {
    twoClasses();
    Files.write(photos.resolve("cat/tiny.png"), image("png", 1, 1, 7));
    Files.write(photos.resolve("dog/tiny.jpg"), image("jpg", 1, 1, 7));
    assertFalse(train().succeeds().out().contains("left out"));
  }

  @Test
  void anImageThatDeclaresManyPixels() throws IOException {
    twoClasses();
    byte[] png = image("png", 9, 10, 0);
    ByteBuffer header = ByteBuffer.wrap(png).putInt(16, 50_000).putInt(20, 50_000);
    CRC32 crc = new CRC32();
    crc.update(png, 12, 17);
    header.putInt(29, (int) crc.getValue());
    Path giant = Files.write(photos.resolve("cat/giant.png"), png);
    assertLeftOut(giant, "declares 50000 x 50000 pixels; more than 64 million are not read");
  }

  @Test
  void truncatedImages() throws IOException {
    for (String format : new String[] {"png", "jpg", "bmp", "gif"}) {
      twoClasses();
      byte[] whole = image(format, 90, 80, 0);
      Path cut = photos.resolve("dog/cut." + format);
      Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
      assertLeftOut(cut, "the image is ");
      Files.delete(cut);
      run = temporary.resolve("run after " + format);
    }
  }

  @Test
  void aFileOfNoBytes() throws IOException {
    twoClasses();
    assertLeftOut(Files.createFile(photos.resolve("cat/none.jpg")), "is empty");
  }

  @Test
  void aPageInsteadOfAnImage() throws IOException {
    twoClasses();
    Path page = photos.resolve("cat/page.jpg");
    Files.writeString(page, "<!DOCTYPE html><html>404</html>", StandardCharsets.UTF_8);
    assertLeftOut(page, "is not a PNG, JPEG, BMP, GIF, TIFF or WebP image");
  }

  @Test
  void aSplitWithOtherClassesThanTrain() throws IOException {
    for (String folder : new String[] {"train/cat", "train/dog", "val/cat", "val/cow"}) {
      images(photos.resolve(folder), 2, 0);
    }
    assertRefused(
        photos.resolve("val")
            + ": has no class 'dog', but "
            + photos.resolve("train")
            + " has; all parts must have the same classes");
  }

  @Test
  void aSplitWithMoreClassesThanTrain() throws IOException {
    for (String folder : new String[] {"train/cat", "train/dog", "test/cat", "test/dog"}) {
      images(photos.resolve(folder), 2, 0);
    }
    images(photos.resolve("test/cow"), 2, 0);
    assertRefused(photos.resolve("train") + ": has no class 'cow', but ");
    assertEquals(1, train().err().lines().count());
  }
}
