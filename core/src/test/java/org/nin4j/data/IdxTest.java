package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdxTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("images");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aFileIsReadPlainOrGzippedWhateverItsName(boolean gzipped) throws IOException {
    byte[] bytes = IdxBytes.images(5, 4, 3);
    Files.write(file, gzipped ? IdxBytes.gzip(bytes) : bytes);
    IdxImages images = Idx.readImages(file);
    assertEquals(5, images.count());
    assertEquals(4, images.rows());
    assertEquals(3, images.columns());
    assertArrayEquals(Arrays.copyOfRange(bytes, 16, bytes.length), images.pixels());
  }

  @Test
  void aFileLargerThanTheFirstPieceIsReadWhole() throws IOException {
    byte[] bytes = IdxBytes.images(3001, 28, 28);
    Files.write(file, bytes);
    assertArrayEquals(Arrays.copyOfRange(bytes, 16, bytes.length), Idx.readImages(file).pixels());
  }

  @Test
  void imagesAndLabelsBecomeADataset() throws IOException {
    Path labels = folder.resolve("labels");
    Files.write(file, IdxBytes.images(12, 2, 2));
    Files.write(labels, IdxBytes.labels(12));
    ImageDataset dataset =
        Idx.read(file, labels, "few", List.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j"));
    DecodedImage image = dataset.image(11);
    assertArrayEquals(new byte[] {11, 12, 13, 14}, image.pixels());
    assertEquals(2, image.height());
    assertEquals(2, image.width());
    assertEquals(1, image.channels());
    assertEquals(Optional.of(new ImageSize(2, 2)), dataset.commonSize());
    assertThrows(IndexOutOfBoundsException.class, () -> dataset.image(12));
    assertEquals(1, dataset.label(11));
    assertEquals(12, dataset.size());
    assertEquals("few", dataset.name());
  }

  @Test
  void aMissingFileIsNamed() {
    assertEquals(file + ": there is no such file; check the path", complaint());
  }

  @Test
  void aFolderIsNoFile() throws IOException {
    Files.createDirectory(file);
    assertEquals(file + ": is a folder; name a file in it", complaint());
  }

  @Test
  void anEmptyFileIsCalledEmpty() throws IOException {
    assertEquals(file + ": is empty", complaint(new byte[0]));
    assertEquals(file + ": is empty", complaint(IdxBytes.gzip(new byte[0])));
  }

  @Test
  void aFileOfAnotherFormatIsRefusedByItsFirstBytes() throws IOException {
    assertEquals(
        file + ": is not an IDX file: it begins with the bytes 89 50, not 00 00",
        complaint(new byte[] {(byte) 0x89, 0x50, 0x4e, 0x47, 0, 0}));
  }

  @Test
  void valuesThatAreNotBytesAreRefused() throws IOException {
    assertEquals(
        file
            + ": holds values of type 0x0d (at byte 2), but only unsigned bytes (0x08) can be read",
        complaint(IdxBytes.file(0x0D03, new byte[16], 1, 2, 2)));
  }

  @Test
  void labelsAreNotImages() throws IOException {
    assertEquals(
        file + ": has 1 dimensions (at byte 3), but images (count, rows, columns) need 3",
        complaint(IdxBytes.labels(100)));
  }

  @Test
  void aFileThatEndsInItsHeaderIsTruncated() throws IOException {
    assertEquals(
        file + ": is truncated: it ends at byte 9, within its header of 16 bytes",
        complaint(Arrays.copyOf(IdxBytes.images(2, 2, 2), 9)));
    assertEquals(
        file + ": is truncated: it ends at byte 1, within its header of 16 bytes",
        complaint(new byte[1]));
  }

  @Test
  void aFileThatEndsInItsPixelsIsTruncated() throws IOException {
    assertEquals(
        file
            + ": is truncated: it ends at byte 23, but declares 2 images of 2x2, which needs 24"
            + " bytes",
        complaint(Arrays.copyOf(IdxBytes.images(2, 2, 2), 23)));
  }

  @Test
  void aDimensionOfZeroIsRefused() throws IOException {
    assertEquals(
        file + ": declares a dimension of 0 at byte 8",
        complaint(IdxBytes.file(0x0803, new byte[0], 5, 0, 28)));
  }

  @Test
  void absurdSizesAreRefusedWithoutAllocatingThem() throws IOException {
    assertEquals(
        file
            + ": declares 4294967295 images of 4294967295x4294967295, more than the 2 GB that can"
            + " be read",
        complaint(IdxBytes.file(0x0803, new byte[100], -1, -1, -1)));
    assertEquals(
        file
            + ": is truncated: it ends at byte 116, but declares 2700000 images of 28x28, which"
            + " needs 2116800016 bytes",
        complaint(IdxBytes.file(0x0803, new byte[100], 2_700_000, 28, 28)));
  }

  @Test
  void trailingBytesAreRefused() throws IOException {
    byte[] longer = Arrays.copyOf(IdxBytes.images(2, 2, 2), 25);
    assertEquals(
        file + ": goes on after byte 24, where its 2 images of 2x2 end", complaint(longer));
    assertEquals(
        file + ": goes on after byte 24 (decompressed), where its 2 images of 2x2 end",
        complaint(IdxBytes.gzip(longer)));
  }

  @Test
  void truncatedGzipIsRefusedWhereverItEnds() throws IOException {
    byte[] whole = IdxBytes.gzip(IdxBytes.images(50, 7, 7));
    for (int length = 2; length < whole.length; length++) {
      String complaint = complaint(Arrays.copyOf(whole, length));
      String expected = file + ": the gzip data is damaged or truncated after ";
      assertEquals(expected, complaint.substring(0, expected.length()), "length " + length);
    }
  }

  @Test
  void damageInGzipIsFoundByItsChecksum() throws IOException {
    byte[] damaged = IdxBytes.gzip(IdxBytes.images(50, 7, 7));
    damaged[damaged.length - 8] ^= 1;
    assertEquals(
        file
            + ": the gzip data is damaged or truncated after 2466 decompressed bytes (Corrupt GZIP"
            + " trailer)",
        complaint(damaged));
  }

  @Test
  void aLabelOutOfRangeIsNamedWithItsPlaceAndValue() throws IOException {
    byte[] labels = IdxBytes.labels(20);
    labels[8 + 13] = (byte) 200;
    Files.write(file, labels);
    assertEquals(
        file + ": label 13 has the value 200 (at byte 21), but there are 10 classes, 0 to 9",
        assertThrows(IOException.class, () -> Idx.readLabels(file, 10)).getMessage());
  }

  @Test
  void imagesAndLabelsMustBeEquallyMany() throws IOException {
    Path labels = folder.resolve("labels");
    Files.write(file, IdxBytes.images(12, 2, 2));
    Files.write(labels, IdxBytes.labels(11));
    List<String> classes = List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
    assertEquals(
        file + ": holds 12 images, but " + labels + " holds 11 labels",
        assertThrows(IOException.class, () -> Idx.read(file, labels, "few", classes)).getMessage());
  }

  private String complaint(byte[] bytes) throws IOException {
    Files.write(file, bytes);
    return complaint();
  }

  private String complaint() {
    return assertThrows(IOException.class, () -> Idx.readImages(file)).getMessage();
  }
}
