package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nin4j.data.ImageBytes.encode;
import static org.nin4j.data.ImageBytes.redAndBlue;
import static org.nin4j.data.ImageBytes.withSegment;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Images that say how they are to be turned. */
class ImageOrientationTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("picture");
  }

  /** Where the red block of 16x8 pixels is to be seen. */
  @ParameterizedTest
  @CsvSource({
    "1, 8, left", "2, 8, right", "3, 8, right", "4, 8, left",
    "5, 16, top", "6, 16, top", "7, 16, bottom", "8, 16, bottom"
  })
  void aJpegIsTurnedAsTheCameraNoted(int orientation, int height, String red) throws IOException {
    byte[] jpeg = encode(redAndBlue(), "jpeg");
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] turned = withSegment(jpeg, 0xE1, exif(orientation, order));
      Files.write(file, turned);
      DecodedImage image = ImageFiles.read(file, 3);
      assertEquals(height, image.height());
      assertEquals(24 - height, image.width());
      assertEquals(new ImageSize(height, 24 - height), ImageFiles.size(file, turned));
      DecodedImage streamed = ImageFiles.read(new ByteArrayInputStream(turned), 3);
      assertEquals(height, streamed.height());
      assertArrayEquals(image.pixels(), streamed.pixels());
      boolean left = red.equals("left") || red.equals("top");
      int first = image.pixels()[0] & 0xFF;
      int last = image.pixels()[127] & 0xFF;
      assertEquals(left ? 0xF0 : 0, first, 12);
      assertEquals(left ? 0 : 0xF0, last, 12);
      int corner = image.pixels()[image.width() - 1] & 0xFF;
      boolean rows = red.equals("top") || red.equals("bottom");
      assertEquals(rows == left ? 0xF0 : 0, corner, 12, "the corner at the upper right");
    }
  }

  /** The rows of red pixels in the upright image tell where they were turned to. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void aPngIsTurnedAsItSays(int orientation) throws IOException {
    byte[] png = encode(redAndBlue(), "png");
    Files.write(file, png);
    DecodedImage stored = ImageFiles.read(file, 3);
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] exif = exif(orientation, order);
      byte[] turned = withChunk(png, Arrays.copyOfRange(exif, 6, exif.length));
      Files.write(file, turned);
      DecodedImage image = ImageFiles.read(file, 3);
      assertArrayEquals(ExifOrientation.upright(stored, orientation).pixels(), image.pixels());
      assertEquals(orientation < 5 ? 8 : 16, image.height());
      ImageSize size = new ImageSize(image.height(), image.width());
      assertEquals(size, ImageFiles.size(file, turned));
      assertEquals(size, PngChunks.sizeIfIntact(turned).orElseThrow());
    }
  }

  /** Inserts a chunk eXIf after the first chunk. */
  private static byte[] withChunk(byte[] png, byte[] exif) {
    ByteBuffer chunk = ByteBuffer.allocate(exif.length + 12);
    chunk.putInt(exif.length).put("eXIf".getBytes(StandardCharsets.US_ASCII)).put(exif);
    CRC32 crc = new CRC32();
    crc.update(chunk.array(), 4, exif.length + 4);
    chunk.putInt((int) crc.getValue());
    ByteBuffer whole = ByteBuffer.allocate(png.length + chunk.capacity());
    return whole.put(png, 0, 33).put(chunk.array()).put(png, 33, png.length - 33).array();
  }

  @Test
  void theOrientationOfAWebPIsInItsExifChunk() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] prefixed = exif(6, order);
      byte[] plain = Arrays.copyOfRange(prefixed, 6, prefixed.length);
      assertEquals(6, WebPChunks.orientation(webp(new byte[3], prefixed)));
      byte[] webp = webp(new byte[4], plain);
      assertEquals(6, WebPChunks.orientation(webp));
      for (int length = 0; length < webp.length - plain.length; length++) {
        assertEquals(1, WebPChunks.orientation(Arrays.copyOf(webp, length)));
      }
      assertEquals(1, WebPChunks.orientation(webp(plain, new byte[0])), "not an EXIF chunk");
    }
  }

  /** A chunk of another name, then a chunk EXIF; the image itself is left out. */
  private static byte[] webp(byte[] other, byte[] exif) {
    ByteBuffer file = ByteBuffer.allocate(30 + other.length + exif.length);
    file.order(ByteOrder.LITTLE_ENDIAN);
    file.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(file.capacity() - 8);
    file.put("WEBPVP8X".getBytes(StandardCharsets.US_ASCII)).putInt(other.length).put(other);
    file.position(file.position() + other.length % 2);
    file.put("EXIF".getBytes(StandardCharsets.US_ASCII)).putInt(exif.length).put(exif);
    return file.array();
  }

  /** Three pixels side by side, of values 1, 2 and 3. */
  @ParameterizedTest
  @CsvSource({"1, 1, 1", "3, 1, 3", "6, 3, 1", "8, 3, 3"})
  void aTiffIsTurnedAsItSays(int orientation, int height, int first) throws IOException {
    int[][] tags = {
      {256, 3},
      {257, 1},
      {258, 8},
      {259, 1},
      {262, 1},
      {273, 8},
      {274, orientation},
      {278, 1},
      {279, 3}
    };
    ByteBuffer tiff = ByteBuffer.allocate(12 + 2 + tags.length * 12 + 4);
    tiff.order(ByteOrder.LITTLE_ENDIAN);
    tiff.put(new byte[] {'I', 'I', 42, 0}).putInt(12).put(new byte[] {1, 2, 3, 0});
    tiff.putShort((short) tags.length);
    for (int[] tag : tags) {
      tiff.putShort((short) tag[0]).putShort((short) 3).putInt(1).putInt(tag[1]);
    }
    Files.write(file, tiff.array());
    DecodedImage image = ImageFiles.read(file, 1);
    assertEquals(height, image.height());
    assertEquals(first, image.pixels()[0]);
    assertEquals(new ImageSize(height, 4 - height), ImageFiles.size(file, tiff.array()));
  }

  /** Of a picture whose corners differ, by the definitions of Exif. */
  @Test
  void eachOrientationMovesEachCorner() {
    // a b
    // c d
    // e f
    DecodedImage image = new DecodedImage(1, 3, 2, "abcdef".getBytes(StandardCharsets.US_ASCII));
    String[] expected = {
      "abcdef", "badcfe", "fedcba", "efcdab", "acebdf", "ecafdb", "fdbeca", "bdface"
    };
    for (int orientation = 1; orientation <= 8; orientation++) {
      DecodedImage seen = ExifOrientation.upright(image, orientation);
      assertEquals(
          expected[orientation - 1],
          new String(seen.pixels(), StandardCharsets.US_ASCII),
          "" + orientation);
      assertEquals(orientation < 5 ? 3 : 2, seen.height());
    }
  }

  @Test
  void anOrientationThatMakesNoSenseIsNone() throws IOException {
    byte[] jpeg = encode(redAndBlue(), "jpeg");
    for (int orientation : new int[] {0, 9, -1, 300}) {
      Files.write(file, withSegment(jpeg, 0xE1, exif(orientation, ByteOrder.LITTLE_ENDIAN)));
      assertEquals(8, ImageFiles.read(file, 3).height());
    }
  }

  @Test
  void whateverIsInTheExifSegmentTheImageIsRead() throws IOException {
    byte[] jpeg = encode(redAndBlue(), "jpeg");
    Random random = new Random(1);
    for (int i = 0; i < 300; i++) {
      byte[] exif = exif(6, i % 2 == 0 ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      exif = Arrays.copyOf(exif, 6 + random.nextInt(exif.length - 5));
      for (int flip = 0; flip < 3 && exif.length > 6; flip++) {
        exif[6 + random.nextInt(exif.length - 6)] = (byte) random.nextInt();
      }
      Files.write(file, withSegment(jpeg, 0xE1, exif));
      assertEquals(128 * 3, ImageFiles.read(file, 3).pixels().length);
    }
  }

  private static byte[] exif(int orientation, ByteOrder order) {
    ByteBuffer exif = ByteBuffer.allocate(6 + 8 + 2 + 2 * 12 + 4);
    exif.put(new byte[] {'E', 'x', 'i', 'f', 0, 0});
    byte letter = (byte) (order == ByteOrder.BIG_ENDIAN ? 'M' : 'I');
    exif.put(letter).put(letter).order(order);
    exif.putShort((short) 42).putInt(8).putShort((short) 2);
    exif.putShort((short) 0x0103).putShort((short) 3).putInt(1).putInt(0);
    exif.putShort((short) 0x0112).putShort((short) 3).putInt(1);
    exif.putShort((short) orientation).putShort((short) 0).putInt(0);
    return exif.array();
  }
}
