package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFormatTest {
  @TempDir Path folder;

  @Test
  void theBatchesOfCifar10AreReadOneAfterTheOther() throws IOException {
    writeCifar10();
    DatasetSplits splits = open(DataOptions.DEFAULT);
    ImageDataset train = splits.train();
    assertEquals(10, train.size());
    assertEquals(List.of("plane", "car", "bird"), train.classes());
    assertEquals(Optional.of(new ImageSize(32, 32)), train.commonSize());
    assertEquals(Optional.empty(), splits.validation());
    assertEquals(2, splits.test().orElseThrow().size());
    for (int i = 0; i < 10; i++) {
      int batch = i / 2 + 1;
      assertEquals((batch + i % 2) % 3, train.label(i));
      DecodedImage image = train.image(i);
      for (int p = 0; p < 3072; p++) {
        assertEquals((byte) (batch * 10 + i % 2 + p / 1024 * 50), image.pixels()[p]);
      }
    }
  }

  @Test
  void coloursBecomeGreyByTheirLuma() throws IOException {
    writeCifar10();
    DecodedImage image = open(DataOptions.DEFAULT.withChannels(1)).train().image(1);
    assertEquals(1, image.channels());
    // 0.299 * 11 + 0.587 * 61 + 0.114 * 111 = 51.75
    assertEquals(52, image.pixels()[1023]);
  }

  @Test
  void validationImagesCanBeHeldOut() throws IOException {
    writeCifar10();
    DatasetSplits splits = open(DataOptions.DEFAULT.withValidationPart(0.5));
    assertEquals(10, splits.train().size() + splits.validation().orElseThrow().size());
    assertEquals(2, splits.test().orElseThrow().size());
  }

  @Test
  void cifar100HasItsFineLabels() throws IOException {
    Files.writeString(
        folder.resolve("fine_label_names.txt"),
        IntStream.range(0, 100).mapToObj(i -> "fine" + i).collect(Collectors.joining("\n")));
    Files.write(folder.resolve("train.bin"), concat(record(7, 19, 99), record(8, 3, 0)));
    Files.write(folder.resolve("test.bin"), record(9, 1, 42));
    DatasetSplits splits = open(DataOptions.DEFAULT);
    assertEquals(99, splits.train().label(0));
    assertEquals(0, splits.train().label(1));
    assertEquals(8, splits.train().image(1).pixels()[0]);
    assertEquals(42, splits.test().orElseThrow().label(0));
    assertEquals("fine42", splits.test().orElseThrow().classes().get(42));
  }

  @Test
  void aDamagedFileIsNamed() throws IOException {
    writeCifar10();
    Path batch = folder.resolve("data_batch_3.bin");
    byte[] whole = Files.readAllBytes(batch);
    Files.write(batch, Arrays.copyOf(whole, 5000));
    assertEquals(
        batch
            + ": is truncated or is not a CIFAR file: its length of 5,000 bytes is not a multiple of"
            + " 3,073, the length of an image with its label",
        complaint());
    Files.write(batch, new byte[0]);
    assertTrue(complaint().startsWith(batch + ": is truncated or is not a CIFAR file"));
    whole[3073] = 3;
    Files.write(batch, whole);
    assertEquals(
        batch + ": image 1 has the label 3 (at byte 3073), but there are 3 classes, 0 to 2",
        complaint());
    Files.delete(batch);
    assertEquals(folder + ": has no file data_batch_3.bin", complaint());
  }

  private void writeCifar10() throws IOException {
    Files.writeString(folder.resolve("batches.meta.txt"), "plane\ncar\nbird\n\n");
    for (int b = 1; b <= 5; b++) {
      Files.write(
          folder.resolve("data_batch_" + b + ".bin"),
          concat(record(b * 10, b % 3), record(b * 10 + 1, (b + 1) % 3)));
    }
    Files.write(folder.resolve("test_batch.bin"), concat(record(90, 0), record(91, 2)));
  }

  /** Red of this value, green 50 brighter, blue 100. */
  private static byte[] record(int red, int... labels) {
    byte[] record = new byte[labels.length + 3072];
    for (int i = 0; i < labels.length; i++) {
      record[i] = (byte) labels[i];
    }
    for (int p = 0; p < 3072; p++) {
      record[labels.length + p] = (byte) (red + p / 1024 * 50);
    }
    return record;
  }

  private static byte[] concat(byte[] a, byte[] b) {
    byte[] all = Arrays.copyOf(a, a.length + b.length);
    System.arraycopy(b, 0, all, a.length, b.length);
    return all;
  }

  private DatasetSplits open(DataOptions options) throws IOException {
    return Datasets.open(
        folder.toString(), options, folder.resolve("cache"), InspectionListener.NONE);
  }

  private String complaint() {
    return assertThrows(IOException.class, () -> open(DataOptions.DEFAULT)).getMessage();
  }
}
