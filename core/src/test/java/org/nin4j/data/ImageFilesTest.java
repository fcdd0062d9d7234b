package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.data.ImageBytes.encode;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("picture");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "bmp", "gif"})
  void colourIsReadChannelByChannelRowByRow(String format) throws IOException {
    BufferedImage image = new BufferedImage(2, 5, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 0, 0xFF0000);
    image.setRGB(0, 2, 0x00FF33);
    Files.write(file, encode(image, format));
    DecodedImage decoded = ImageFiles.read(file, 3);
    assertEquals(3, decoded.channels());
    assertEquals(5, decoded.height());
    assertEquals(2, decoded.width());
    byte[] expected = new byte[3 * 5 * 2];
    expected[1] = (byte) 0xFF;
    expected[10 + 2 * 2] = (byte) 0xFF;
    expected[20 + 2 * 2] = 0x33;
    assertArrayEquals(expected, decoded.pixels());
  }

  @Test
  void jpegIsReadNearlyAsItWas() throws IOException {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 128; i++) {
      image.setRGB(i % 16, i / 16, i % 16 < 8 ? 0xF01020 : 0x2010F0);
    }
    Files.write(file, encode(image, "jpeg"));
    byte[] pixels = ImageFiles.read(file, 3).pixels();
    assertEquals(0xF0, pixels[16 * 4 + 1] & 0xFF, 12);
    assertEquals(0x20, pixels[16 * 4 + 14] & 0xFF, 12);
    assertEquals(0xF0, pixels[256 + 16 * 4 + 14] & 0xFF, 12);
  }

  @ParameterizedTest
  @CsvSource({"png, 10", "png, 12", "png, 11", "bmp, 10", "gif, 10", "jpeg, 10"})
  void greyKeepsTheValuesInTheFile(String format, int type) throws IOException {
    BufferedImage image = new BufferedImage(16, 16, type);
    int levels = type == BufferedImage.TYPE_BYTE_BINARY ? 2 : 256;
    for (int i = 0; i < 256; i++) {
      int value = type == BufferedImage.TYPE_USHORT_GRAY ? i * 257 : i * levels / 256;
      image.getRaster().setSample(i % 16, i / 16, 0, value);
    }
    Files.write(file, encode(image, format));
    for (int channels = 1; channels <= 3; channels += 2) {
      byte[] pixels = ImageFiles.read(file, channels).pixels();
      assertEquals(256 * channels, pixels.length);
      for (int i = 0; i < pixels.length; i++) {
        int expected = i % 256 * levels / 256 * 255 / (levels - 1);
        assertEquals(expected, pixels[i] & 0xFF, format.equals("jpeg") ? 3 : 0, "pixel " + i);
      }
    }
  }

  @Test
  void colourBecomesGreyByItsLuma() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF0000);
    image.setRGB(1, 0, 0x00FF00);
    image.setRGB(2, 0, 0x123456);
    Files.write(file, encode(image, "png"));
    // 0.299 * 0x12 + 0.587 * 0x34 + 0.114 * 0x56 = 45.7
    assertArrayEquals(bytes(76, 150, 46), ImageFiles.read(file, 1).pixels());
  }

  @Test
  void whatIsTransparentIsLaidOverBlack() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00FFFFFF);
    image.setRGB(1, 0, 0x80FFFFFF);
    image.setRGB(2, 0, 0xFFFFFFFF);
    Files.write(file, encode(image, "png"));
    assertArrayEquals(bytes(0, 128, 255), ImageFiles.read(file, 1).pixels());
  }

  @Test
  void anImageOfOnePixelIsAnImage() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, 0xFF8000);
    Files.write(file, encode(image, "png"));
    DecodedImage decoded = ImageFiles.read(file, 3);
    float[] network = new float[3 * 4];
    new ImagePreprocessor(Preprocessing.unit(3, 2, 2)).apply(decoded, network, 0);
    assertArrayEquals(new float[] {1, 1, 1, 1}, Arrays.copyOf(network, 4), 1e-6f);
    assertArrayEquals(bytes(255, 128, 0), decoded.pixels());
  }

  @Test
  void aHeaderThatDeclaresAGiantIsRefusedBeforeDecoding() throws IOException {
    Files.write(file, pngOfDeclaredSize(50_000, 50_000));
    assertEquals(
        file + ": declares 50000 x 50000 pixels; more than 64 million are not read", complaint());
    Files.write(file, pngOfDeclaredSize(Integer.MAX_VALUE, Integer.MAX_VALUE));
    assertTrue(complaint().startsWith(file + ": declares 2147483647 x 2147483647 pixels"));
  }

  @Test
  void whatIsNoImageIsSaidToBeNone() throws IOException {
    String expected = file + ": is not a PNG, JPEG, BMP, GIF or TIFF image";
    Files.writeString(file, "not an image at all, only text");
    assertEquals(expected, complaint());
    Files.write(file, new byte[1000]);
    assertEquals(expected, complaint());
    Files.write(file, new byte[1]);
    assertEquals(expected, complaint());
  }

  @Test
  void aMissingOrEmptyFileOrAFolderIsNoImage() throws IOException {
    assertEquals(file + ": there is no such file; check the path", complaint());
    Files.createFile(file);
    assertEquals(file + ": is empty", complaint());
    Files.delete(file);
    Files.createDirectory(file);
    assertEquals(file + ": is a folder; name a file in it", complaint());
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "gif"})
  void aTruncatedImageIsRefusedWhereverItEnds(String format) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1200; i++) {
      image.setRGB(i % 40, i / 40, i * 7919);
    }
    byte[] whole = encode(image, format);
    for (int length = 1; length < whole.length * 9 / 10; length += 1 + whole.length / 60) {
      Files.write(file, Arrays.copyOf(whole, length));
      String complaint = complaint();
      assertTrue(
          complaint.startsWith(file + ": ") && complaint.matches("(?s).*(truncated|is not a ).*"),
          format + " cut to " + length + ": " + complaint);
      assertEquals(1, complaint.lines().count(), complaint);
    }
  }

  @Test
  void aFolderGivesItsImagesInTheOrderOfTheirNames() throws IOException {
    for (String name : List.of("b.PNG", "a.jpeg", "c.txt", "d.gif", "c.bmp", "png")) {
      Files.createFile(folder.resolve(name));
    }
    Files.createDirectory(folder.resolve("e.png"));
    assertEquals(
        List.of("a.jpeg", "b.PNG", "c.bmp", "d.gif"),
        ImageFiles.list(folder).stream().map(path -> path.getFileName().toString()).toList());
    assertEquals(List.of(folder.resolve("c.txt")), ImageFiles.list(folder.resolve("c.txt")));
  }

  @Test
  void aFolderWithoutImagesIsSaidToHaveNone() {
    assertEquals(
        folder + ": has no PNG, JPEG, BMP, GIF or TIFF file in it",
        assertThrows(IOException.class, () -> ImageFiles.list(folder)).getMessage());
    assertEquals(
        file + ": there is no such file or folder; check the path",
        assertThrows(IOException.class, () -> ImageFiles.list(file)).getMessage());
  }

  private String complaint() {
    return assertThrows(IOException.class, () -> ImageFiles.read(file, 3)).getMessage();
  }

  private static byte[] pngOfDeclaredSize(int width, int height) {
    byte[] chunk = new byte[17];
    ByteBuffer.wrap(chunk)
        .put("IHDR".getBytes(StandardCharsets.US_ASCII))
        .putInt(width)
        .putInt(height)
        .put(new byte[] {8, 2, 0, 0, 0});
    CRC32 crc = new CRC32();
    crc.update(chunk);
    return ByteBuffer.allocate(8 + 4 + 17 + 4)
        .putLong(0x89504E470D0A1A0AL)
        .putInt(13)
        .put(chunk)
        .putInt((int) crc.getValue())
        .array();
  }

  private static byte[] bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
