package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nin4j.data.ImageBytes.encode;
import static org.nin4j.data.ImageBytes.withSegment;

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
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The less common ways in which an image may be stored. */
class ImageVariantsTest {
  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("picture");
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

  @ParameterizedTest
  @EnumSource(ImageKind.class)
  void javaItselfReadsAllButWebP(ImageKind kind) {
    assertEquals(kind != ImageKind.WEBP, ImageReaders.canRead(kind));
  }

  private void write(BufferedImage image, String format) throws IOException {
    Files.write(file, encode(image, format));
  }
}
