package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FolderDatasetTest {
  @TempDir Path temporary;
  private Path folder;

  @BeforeEach
  void name() throws IOException {
    folder = Files.createDirectory(temporary.resolve("photos"));
  }

  @Test
  void aFolderOfClassesIsSplitClassByClass() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 20);
    ImageFolders.classFolder(folder.resolve("dog"), 30);
    DatasetSplits splits = open(DataOptions.DEFAULT.withValidationPart(0.2));
    assertEquals(List.of("cat", "dog"), splits.train().classes());
    assertEquals(List.of(16, 24), counts(splits.train()));
    assertEquals(List.of(4, 6), counts(splits.validation().orElseThrow()));
    assertEquals(Optional.empty(), splits.test());
    Set<String> seen = new HashSet<>();
    for (ImageDataset part : List.of(splits.train(), splits.validation().orElseThrow())) {
      assertEquals(Optional.of(new ImageSize(6, 4)), part.commonSize());
      for (int i = 0; i < part.size(); i++) {
        assertTrue(seen.add(part.label(i) + " " + part.image(i).pixels()[0]));
      }
    }
    assertEquals(50, seen.size());
  }

  @Test
  void aTenthIsHeldOutUnlessTheOptionsSayOtherwise() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 20);
    ImageFolders.classFolder(folder.resolve("dog"), 3);
    DatasetSplits splits = open(DataOptions.DEFAULT);
    assertEquals(List.of(18, 2), counts(splits.train()));
    assertEquals(List.of(2, 1), counts(splits.validation().orElseThrow()));
  }

  @Test
  void theSeedDecidesWhichImagesAreHeldOut() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 20);
    ImageFolders.classFolder(folder.resolve("dog"), 20);
    List<Integer> first = values(open(DataOptions.DEFAULT));
    assertEquals(first, values(open(DataOptions.DEFAULT)));
    assertNotEquals(first, values(open(DataOptions.DEFAULT.withSeed(1))));
  }

  /** The first pixel of each validation image. */
  private static List<Integer> values(DatasetSplits splits) {
    ImageDataset part = splits.validation().orElseThrow();
    return IntStream.range(0, part.size()).mapToObj(i -> (int) part.image(i).pixels()[0]).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"val", "valid", "validation"})
  void aFolderMayBringItsSplits(String validation) throws IOException {
    for (String part : List.of("train", validation, "test")) {
      ImageFolders.classFolder(folder.resolve(part).resolve("cat"), 2);
      ImageFolders.classFolder(folder.resolve(part).resolve("dog"), part.equals("test") ? 4 : 3);
    }
    DatasetSplits splits = open(DataOptions.DEFAULT);
    assertEquals(List.of(2, 3), counts(splits.train()));
    assertEquals(List.of(2, 3), counts(splits.validation().orElseThrow()));
    assertEquals(List.of(2, 4), counts(splits.test().orElseThrow()));
    assertEquals("photos (validation)", splits.validation().orElseThrow().name());
    assertEquals(
        folder
            + ": already has validation images, so none can be held out; leave out that"
            + " option",
        complaint(DataOptions.DEFAULT.withValidationPart(0.5)));
  }

  @Test
  void validationImagesCanBeHeldOutBesideTestImages() throws IOException {
    for (String part : List.of("train", "test")) {
      ImageFolders.classFolder(folder.resolve(part).resolve("cat"), 4);
      ImageFolders.classFolder(folder.resolve(part).resolve("dog"), 4);
    }
    assertEquals(Optional.empty(), open(DataOptions.DEFAULT).validation());
    DatasetSplits splits = open(DataOptions.DEFAULT.withValidationPart(0.5));
    assertEquals(List.of(2, 2), counts(splits.train()));
    assertEquals(List.of(2, 2), counts(splits.validation().orElseThrow()));
    assertEquals(List.of(4, 4), counts(splits.test().orElseThrow()));
  }

  @Test
  void aFolderOfTrainingImagesAloneIsSplitToo() throws IOException {
    ImageFolders.classFolder(folder.resolve("train/cat"), 4);
    ImageFolders.classFolder(folder.resolve("train/dog"), 4);
    assertEquals(List.of(1, 1), counts(open(DataOptions.DEFAULT).validation().orElseThrow()));
  }

  @Test
  void aClassMayBeCalledAsAPartIs() throws IOException {
    ImageFolders.classFolder(folder.resolve("train"), 4);
    ImageFolders.classFolder(folder.resolve("plane"), 4);
    assertEquals(List.of("plane", "train"), open(DataOptions.DEFAULT).train().classes());
  }

  @Test
  void classesAndImagesAreInTheOrderOfTheirBytes() throws IOException {
    for (String name : List.of("\u00e9t\u00e9", "b", "a", "B", "\uff01", "\ud83d\ude00")) {
      ImageFolders.classFolder(folder.resolve(name), 2);
    }
    ImageFolders.image(folder.resolve("a/Z.png"), 0x050505);
    ImageFolders.image(folder.resolve("a/deep/er/1.png"), 0x090909);
    DatasetSplits splits = open(DataOptions.DEFAULT.withValidationPart(0.01));
    assertEquals(
        List.of("B", "a", "b", "\u00e9t\u00e9", "\uff01", "\ud83d\ude00"),
        splits.train().classes());
    ClassTree tree = ClassTree.walk(folder);
    assertEquals(
        List.of("B/0.png", "B/1.png", "a/0.png", "a/1.png", "a/Z.png", "a/deep/er/1.png"),
        tree.images().subList(0, 6).stream().map(ImageEntry::name).toList());
    assertEquals(1, tree.images().get(5).label());
  }

  @Test
  void imagesAreGreyWhereThatIsAskedFor() throws IOException {
    ImageFolders.image(folder.resolve("cat/1.png"), 0xFF0000);
    ImageFolders.image(folder.resolve("cat/2.png"), 0xFF0000);
    ImageFolders.classFolder(folder.resolve("dog"), 2);
    assertEquals(3, open(DataOptions.DEFAULT).train().channels());
    DecodedImage grey = open(DataOptions.DEFAULT.withChannels(1)).train().image(0);
    assertEquals(1, grey.channels());
    assertEquals(76, grey.pixels()[0]);
  }

  @Test
  void strayFilesAreIgnoredAndCounted() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 2);
    ImageFolders.classFolder(folder.resolve("dog"), 2);
    for (String name :
        List.of("readme.txt", "cat/.DS_Store", "cat/Thumbs.db", "dog/notes", "dog/._1.png")) {
      Files.writeString(folder.resolve(name), "x");
    }
    ImageFolders.classFolder(folder.resolve("dog/.thumbnails"), 3);
    ImageFolders.classFolder(folder.resolve("__MACOSX/cat"), 3);
    DatasetSplits splits = open(DataOptions.DEFAULT);
    assertEquals(4, splits.train().size() + splits.validation().orElseThrow().size());
    assertEquals(new FilesLeftOut(List.of(), 7), splits.leftOut());
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
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    assertTrue(ImageIO.write(image, "jpg", out));
    return out.toByteArray();
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

  @Test
  void anEmptyFolderIsNoDataSet() {
    assertEquals(
        folder
            + ": is empty; a data set needs a folder of images for each class, or IDX or CIFAR files",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void aFolderOfOtherThingsIsNoDataSet() throws IOException {
    Files.writeString(folder.resolve("notes.txt"), "none");
    assertEquals(
        folder
            + ": is not a data set: it has neither a folder of images for each class, nor the files of an"
            + " IDX or CIFAR data set",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void imagesWithoutFoldersHaveNoClasses() throws IOException {
    ImageFolders.classFolder(folder, 12);
    assertEquals(
        folder
            + ": has 12 images, but no folder for each class; put the images of each class into a"
            + " separate folder",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void oneClassIsTooFew() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 12);
    assertEquals(
        folder + ": has only one folder, 'cat'; at least two are needed, one for each class",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void aFolderForEachImageIsNoClass() throws IOException {
    for (int i = 0; i < 300; i++) {
      ImageFolders.image(folder.resolve(i + "/photo.png"), i);
    }
    assertEquals(
        folder
            + ": the class '0' has only one image, as 300 of the 300 classes have, so none can be"
            + " held out for validation; add images to the class, or provide validation images in a"
            + " separate folder",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void aClassWithoutImagesIsNamed() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 12);
    Files.createDirectory(folder.resolve("dog"));
    assertEquals(
        folder + ": the folder 'dog' has no image; add images or remove the folder",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void aClassThatAPartLacksIsNamed() throws IOException {
    for (String part : List.of("train", "test")) {
      ImageFolders.classFolder(folder.resolve(part).resolve("cat"), 2);
      ImageFolders.classFolder(folder.resolve(part).resolve("dog"), 2);
    }
    ImageFolders.classFolder(folder.resolve("train/cow"), 2);
    Path test = folder.resolve("test");
    Path train = folder.resolve("train");
    assertEquals(
        test + ": has no class 'cow', but " + train + " has; all parts must have the same classes",
        complaint(DataOptions.DEFAULT));
    Files.move(folder.resolve("train/cow"), folder.resolve("test/cow"));
    assertEquals(
        train + ": has no class 'cow', but " + test + " has; all parts must have the same classes",
        complaint(DataOptions.DEFAULT));
  }

  @Test
  void twoFoldersForValidationAreOneTooMany() throws IOException {
    for (String part : List.of("train", "val", "valid")) {
      ImageFolders.classFolder(folder.resolve(part).resolve("cat"), 2);
      ImageFolders.classFolder(folder.resolve(part).resolve("dog"), 2);
    }
    assertEquals(
        folder + ": has both a folder val and a folder valid for validation; keep one of them",
        complaint(DataOptions.DEFAULT));
  }

  private DatasetSplits open(DataOptions options) throws IOException {
    return Datasets.open(
        folder.toString(), options, temporary.resolve("cache"), InspectionListener.NONE);
  }

  private String complaint(DataOptions options) {
    return assertThrows(IOException.class, () -> open(options)).getMessage();
  }

  private static List<Integer> counts(ImageDataset dataset) {
    List<Integer> counts = new ArrayList<>();
    dataset.classes().forEach(name -> counts.add(0));
    for (int i = 0; i < dataset.size(); i++) {
      counts.set(dataset.label(i), counts.get(dataset.label(i)) + 1);
    }
    return counts;
  }
}
