package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is in a data set of a folder of images. */
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

  /** The first pixel of an image is the number in the name of its file. */
  @Test
  void anImageKnowsItsFileInTheFolderOfTheDataSet() throws IOException {
    for (String part : List.of("train", "test")) {
      ImageFolders.classFolder(folder.resolve(part).resolve("cat"), 6);
      ImageFolders.classFolder(folder.resolve(part).resolve("dog/young"), 6);
    }
    DatasetSplits splits = open(DataOptions.DEFAULT.withValidationPart(0.5));
    ImageDataset heldOut = new CachedImages(splits.validation().orElseThrow());
    for (int i = 0; i < heldOut.size(); i++) {
      String classFolder = List.of("train/cat/", "train/dog/young/").get(heldOut.label(i));
      String file = classFolder + heldOut.image(i).pixels()[0] + ".png";
      assertEquals(Optional.of(file), heldOut.file(i));
    }
    assertEquals(Optional.of("test/cat/0.png"), splits.test().orElseThrow().file(0));
    assertEquals(Optional.of("test/dog/young/5.png"), splits.test().orElseThrow().file(11));
    assertEquals(Optional.empty(), Datasets.sample().train().file(0));
  }

  @Test
  void withoutPartsTheFolderOfClassesIsThatOfTheDataSet() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 2);
    ImageFolders.classFolder(folder.resolve("dog"), 2);
    String file = open(DataOptions.DEFAULT).train().file(0).orElseThrow();
    assertTrue(Set.of("cat/0.png", "cat/1.png").contains(file), file);
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

  private static List<Integer> counts(ImageDataset dataset) {
    List<Integer> counts = new ArrayList<>();
    dataset.classes().forEach(name -> counts.add(0));
    for (int i = 0; i < dataset.size(); i++) {
      counts.set(dataset.label(i), counts.get(dataset.label(i)) + 1);
    }
    return counts;
  }

  private DatasetSplits open(DataOptions options) throws IOException {
    return ImageFolders.open(folder, options);
  }

  private String complaint(DataOptions options) {
    return ImageFolders.complaint(folder, options);
  }
}
