package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.error.InvalidFileException;

/** The less common ways in which an image may be stored. */
class ImageVariantsTest {
  /** Two blocks of 8x8 pixels: red at the left, blue at the right. */
  private static final int RED = 0xF00000;

  private static final int BLUE = 0x0000F0;

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
    byte[] jpeg = jpeg(redAndBlue());
    for (ByteOrder order : new ByteOrder[] {ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
      byte[] turned = withSegment(jpeg, 0xE1, exif(orientation, order));
      Files.write(file, turned);
      DecodedImage image = ImageFiles.read(file, 3);
      assertEquals(height, image.height());
      assertEquals(24 - height, image.width());
      assertEquals(new ImageSize(height, 24 - height), ImageFiles.size(file, turned));
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
    byte[] jpeg = jpeg(redAndBlue());
    for (int orientation : new int[] {0, 9, -1, 300}) {
      Files.write(file, withSegment(jpeg, 0xE1, exif(orientation, ByteOrder.LITTLE_ENDIAN)));
      assertEquals(8, ImageFiles.read(file, 3).height());
    }
  }

  @Test
  void whateverIsInTheExifSegmentTheImageIsRead() throws IOException {
    byte[] jpeg = jpeg(redAndBlue());
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

  /** CMYK values 10, 100, 200 and 50, stored in the three possible ways. */
  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 2})
  void cmykIsConvertedToRgb(int adobe) throws IOException {
    int[] cmyk = {10, 100, 200, 50};
    int[] stored = cmyk.clone();
    if (adobe >= 0) {
      for (int i = 0; i < 4; i++) {
        stored[i] = 255 - cmyk[i];
      }
    }
    if (adobe == 2) {
      // In YCCK, 255 minus each stored value is red, green and blue of JFIF's YCbCr.
      double r = 255 - stored[0];
      double g = 255 - stored[1];
      double b = 255 - stored[2];
      double y = 0.299 * r + 0.587 * g + 0.114 * b;
      stored[0] = (int) Math.round(y);
      stored[1] = (int) Math.round(128 + (b - y) / 1.772);
      stored[2] = (int) Math.round(128 + (r - y) / 1.402);
    }
    byte[] jpeg = cmykJpeg(stored);
    if (adobe >= 0) {
      jpeg =
          withSegment(
              jpeg, 0xEE, new byte[] {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, (byte) adobe});
    }
    Files.write(file, jpeg);
    byte[] pixels = ImageFiles.read(file, 3).pixels();
    for (int c = 0; c < 3; c++) {
      // (1 - cmyk) (1 - black)
      assertEquals((255 - cmyk[c]) * (255 - 50) / 255.0, pixels[c * 64] & 0xFF, 4, "channel " + c);
    }
    assertEquals(new ImageSize(8, 8), ImageFiles.size(file, jpeg));
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "gif", "bmp", "tiff"})
  void aPaletteStandsForItsColours(String format) throws IOException {
    byte[][] colours = new byte[3][256];
    for (int i = 0; i < 256; i++) {
      colours[0][i] = (byte) (i * 5);
      colours[1][i] = (byte) i;
      colours[2][i] = (byte) (255 - i);
    }
    IndexColorModel palette = new IndexColorModel(8, 256, colours[0], colours[1], colours[2]);
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_INDEXED, palette);
    for (int i = 0; i < 64; i++) {
      image.getRaster().setSample(i % 8, i / 8, 0, 3 * i);
    }
    write(image, format);
    byte[] pixels = ImageFiles.read(file, 3).pixels();
    for (int i = 0; i < 64; i++) {
      assertEquals((byte) (15 * i), pixels[i], "red of " + i);
      assertEquals((byte) (3 * i), pixels[64 + i], "green of " + i);
      assertEquals((byte) (255 - 3 * i), pixels[128 + i], "blue of " + i);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "tiff"})
  void sixteenBitsBecomeEight(String format) throws IOException {
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(ColorSpace.CS_sRGB),
            false,
            false,
            Transparency.OPAQUE,
            DataBuffer.TYPE_USHORT);
    WritableRaster raster = model.createCompatibleWritableRaster(16, 16);
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, new int[] {i * 257, (255 - i) * 257, 128 * 257});
    }
    write(new BufferedImage(model, raster, false, null), format);
    byte[] pixels = ImageFiles.read(file, 3).pixels();
    for (int i = 0; i < 256; i++) {
      assertEquals(i, pixels[i] & 0xFF);
      assertEquals(255 - i, pixels[256 + i] & 0xFF);
      assertEquals(128, pixels[512 + i] & 0xFF);
    }
  }

  @Test
  void ofAnAnimationTheFirstFrameIsRead() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("gif").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.prepareWriteSequence(null);
      for (int colour : new int[] {0xFF0000, 0x00FF00, 0x0000FF}) {
        BufferedImage frame = new BufferedImage(3, 3, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 9; i++) {
          frame.setRGB(i % 3, i / 3, colour);
        }
        writer.writeToSequence(new IIOImage(frame, null, null), null);
      }
      writer.endWriteSequence();
    }
    writer.dispose();
    Files.write(file, bytes.toByteArray());
    DecodedImage image = ImageFiles.read(file, 3);
    assertEquals((byte) 0xFF, image.pixels()[4]);
    assertEquals(0, image.pixels()[9 + 4]);
  }

  @Test
  void colouredAlphaIsLaidOverBlackInColourToo() throws IOException {
    BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x80FF4000);
    write(image, "png");
    assertArrayEquals(new byte[] {(byte) 128, 32, 0}, ImageFiles.read(file, 3).pixels());
  }

  /** The check without decoding must not accept a truncated file. */
  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "progressive"})
  void theCheckWithoutDecodingAcceptsOnlyCompleteFiles(String format) throws IOException {
    BufferedImage image = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 1200; i++) {
      image.setRGB(i % 40, i / 40, i * 7919);
    }
    byte[] whole = format.equals("progressive") ? progressive(image) : encode(image, format);
    boolean png = format.equals("png");
    assertTrue(
        png
            ? PngChunks.sizeIfIntact(whole).isPresent()
            : JpegHeader.readToEnd(whole).flatMap(JpegHeader::sizeIfIntact).isPresent());
    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertTrue(
          png
              ? PngChunks.sizeIfIntact(cut).isEmpty()
              : JpegHeader.readToEnd(cut).flatMap(JpegHeader::sizeIfIntact).isEmpty(),
          "cut to " + length);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "jpeg", "bmp", "gif", "tiff"})
  void whateverIsInAFileItIsReadOrRefused(String format) throws IOException {
    byte[] whole = encode(redAndBlue(), format);
    Random random = new Random(7);
    for (int i = 0; i < 150; i++) {
      byte[] damaged = Arrays.copyOf(whole, 1 + random.nextInt(whole.length));
      for (int flip = random.nextInt(6); flip > 0; flip--) {
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
      }
      Files.write(file, damaged);
      boolean accepted = false;
      try {
        ImageFiles.size(file, damaged);
        accepted = true;
        ImageFiles.read(file, 3);
      } catch (InvalidFileException e) {
        assertTrue(!accepted, e.getMessage());
        assertEquals(1, e.getMessage().lines().count(), e.getMessage());
      }
    }
  }

  @Test
  void aLargeJpegIsNotDecodedForItsSize() throws IOException {
    byte[] jpeg = encode(new BufferedImage(700, 500, BufferedImage.TYPE_INT_RGB), "jpeg");
    int tables = 0; // of Huffman codes
    while ((jpeg[tables] & 0xFF) != 0xFF || (jpeg[tables + 1] & 0xFF) != 0xC4) {
      tables++;
    }
    jpeg[tables + 4] = 0x77; // there are no such tables
    Files.write(file, jpeg);
    assertEquals(new ImageSize(500, 700), ImageFiles.size(file, jpeg));
    assertThrows(InvalidFileException.class, () -> ImageFiles.read(file, 3));
  }

  @Test
  void theCheckOfAPngDetectsAnyDamage() throws IOException {
    byte[] whole = encode(redAndBlue(), "png");
    for (int i = 8; i < whole.length; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 4;
      assertTrue(PngChunks.sizeIfIntact(damaged).isEmpty(), "byte " + i);
    }
  }

  @ParameterizedTest
  @EnumSource(ImageKind.class)
  void javaItselfReadsAllButWebP(ImageKind kind) {
    assertEquals(kind != ImageKind.WEBP, ImageReaders.canRead(kind));
  }

  private static BufferedImage redAndBlue() {
    BufferedImage image = new BufferedImage(16, 8, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 128; i++) {
      image.setRGB(i % 16, i / 16, i % 16 < 8 ? RED : BLUE);
    }
    return image;
  }

  private void write(BufferedImage image, String format) throws IOException {
    Files.write(file, encode(image, format));
  }

  private static byte[] jpeg(BufferedImage image) throws IOException {
    return encode(image, "jpeg");
  }

  private static byte[] encode(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      assertTrue(ImageIO.write(image, format, out), format);
    }
    return bytes.toByteArray();
  }

  private static byte[] progressive(BufferedImage image) throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  /** 8x8 pixels of one colour, as they are given, without a marker that says what they mean. */
  private static byte[] cmykJpeg(int[] values) throws IOException {
    WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
    for (int i = 0; i < 64; i++) {
      raster.setPixel(i % 8, i / 8, values);
    }
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, null), null);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  /** Inserts a segment at the beginning. */
  private static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    return ByteBuffer.allocate(jpeg.length + 4 + content.length)
        .put(jpeg, 0, 2)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (2 + content.length))
        .put(content)
        .put(jpeg, 2, jpeg.length - 2)
        .array();
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
