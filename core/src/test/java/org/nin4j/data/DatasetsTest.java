package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatasetsTest {
  @TempDir Path folder;

  @Test
  void theSampleHasAsManyImagesOfEachClass() {
    DatasetSplits sample = Datasets.sample();
    assertArrayEquals(filled(1000), countClasses(sample.train()));
    assertArrayEquals(filled(200), countClasses(sample.testOrValidation()));
    assertEquals(Optional.of(new ImageSize(28, 28)), sample.train().commonSize());
    assertEquals("Ankle boot", sample.testOrValidation().classes().get(9));
  }

  @Test
  void theSampleIsShuffled() {
    ImageDataset train = Datasets.sample().train();
    int changes = 0;
    for (int i = 1; i < train.size(); i++) {
      changes += train.label(i) == train.label(i - 1) ? 0 : 1;
    }
    assertEquals(9000, changes, 200, "of ten classes, nine in ten neighbours differ");
  }

  @Test
  void noTestImageOfTheSampleIsAmongItsTrainingImages() {
    DatasetSplits sample = Datasets.sample();
    Set<String> train = new HashSet<>();
    for (int i = 0; i < sample.train().size(); i++) {
      train.add(pixels(sample.train(), i));
    }
    for (int i = 0; i < sample.testOrValidation().size(); i++) {
      assertFalse(train.contains(pixels(sample.testOrValidation(), i)), "image " + i);
    }
  }

  @Test
  void theSampleComesWithItsLicenceAndSource() throws IOException {
    for (String text : List.of("LICENSE", "SOURCE.txt")) {
      try (InputStream in = Datasets.class.getResourceAsStream("sample/" + text)) {
        String content = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(content.contains(text.equals("LICENSE") ? "Zalando SE" : "not the"), text);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"-idx,.gz", "-idx,''", ".idx,.gz", ".idx,''"})
  void aFolderMayNameItsFilesInFourWays(String idx, String ending) throws IOException {
    for (String name : List.of("train", "t10k")) {
      byte[] images = IdxBytes.images(20, 4, 3);
      byte[] labels = IdxBytes.labels(20);
      boolean gzipped = !ending.isEmpty();
      Files.write(
          folder.resolve(name + "-images" + idx + "3-ubyte" + ending),
          gzipped ? IdxBytes.gzip(images) : images);
      Files.write(
          folder.resolve(name + "-labels" + idx + "1-ubyte" + ending),
          gzipped ? IdxBytes.gzip(labels) : labels);
    }
    DatasetSplits splits = Datasets.open(folder.toString());
    assertEquals(20, splits.train().size());
    assertEquals(Optional.of(new ImageSize(4, 3)), splits.testOrValidation().commonSize());
    assertEquals(
        List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9"), splits.train().classes());
  }

  @Test
  void aFolderNamedAsACatalogueEntryHasItsClasses() throws IOException {
    Path named = IdxBytes.folder(folder.resolve("fashion-mnist"));
    assertEquals("Sandal", Datasets.open(named.toString()).train().classes().get(5));
  }

  @Test
  void classesAreNamedByAFileBesideTheImages() throws IOException {
    IdxBytes.folder(folder);
    Files.writeString(folder.resolve("classes.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\nk\n\n");
    assertEquals(11, Datasets.open(folder.toString()).testOrValidation().classes().size());
    Files.writeString(folder.resolve("classes.txt"), "cat\ndog\n");
    assertTrue(complaint(folder.toString()).endsWith("but there are 2 classes, 0 to 1"));
    Files.writeString(folder.resolve("classes.txt"), "cat\ncat\n");
    assertEquals(
        folder.resolve("classes.txt") + ": line 2 is empty or repeats a class name",
        complaint(folder.toString()));
    Files.writeString(folder.resolve("classes.txt"), "cat\n");
    assertEquals(
        folder.resolve("classes.txt") + ": needs 2 to 256 class names, one per line, but has 1",
        complaint(folder.toString()));
  }

  @Test
  void aFileThatAFolderLacksIsNamed() throws IOException {
    IdxBytes.folder(folder);
    Files.delete(folder.resolve(IdxFolder.TEST_LABELS + ".gz"));
    assertEquals(
        folder + ": has no file t10k-labels-idx1-ubyte or t10k-labels-idx1-ubyte.gz",
        complaint(folder.toString()));
  }

  @Test
  void testImagesMayBeOfAnotherSizeThanTrainingImages() throws IOException {
    IdxBytes.folder(folder);
    Files.write(folder.resolve(IdxFolder.TEST_IMAGES + ".gz"), IdxBytes.images(10, 5, 3));
    assertEquals(5, Datasets.open(folder.toString()).testOrValidation().image(9).height());
  }

  @Test
  void anUnknownNameIsMetByTheKnownOnes() {
    String expected =
        "there is no data set or folder 'fashion'; known names: sample, fashion-mnist, mnist";
    assertEquals(expected, complaint("fashion"));
    assertEquals(expected.replace("'fashion'", "''"), complaint(""));
  }

  @Test
  void aDatasetThatWasNotFetchedSaysHowToFetchIt() {
    assertEquals(
        "mnist is not in " + folder + " yet; fetch it with: nin data fetch mnist",
        complaint("mnist"));
  }

  private String complaint(String nameOrDir) {
    return assertThrows(
            IOException.class,
            () -> Datasets.open(nameOrDir, DataOptions.DEFAULT, folder, InspectionListener.NONE))
        .getMessage();
  }

  private static String pixels(ImageDataset dataset, int index) {
    return new String(dataset.image(index).pixels(), StandardCharsets.ISO_8859_1);
  }

  private static int[] filled(int count) {
    int[] counts = new int[10];
    Arrays.fill(counts, count);
    return counts;
  }

  private static int[] countClasses(ImageDataset dataset) {
    int[] counts = new int[10];
    for (int i = 0; i < dataset.size(); i++) {
      counts[dataset.label(i)]++;
    }
    return counts;
  }
}
