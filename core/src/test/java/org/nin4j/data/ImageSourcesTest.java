package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.data.ImageBytes.encode;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.error.InvalidFileException;

/** Images that are not in files: streams, and pictures in memory. */
class ImageSourcesTest {
  /** All types of {@link BufferedImage} that can be written as PNG without loss. */
  @ParameterizedTest
  @ValueSource(
      ints = {
        BufferedImage.TYPE_INT_RGB,
        BufferedImage.TYPE_INT_ARGB,
        BufferedImage.TYPE_INT_BGR,
        BufferedImage.TYPE_3BYTE_BGR,
        BufferedImage.TYPE_4BYTE_ABGR,
        BufferedImage.TYPE_BYTE_GRAY,
        BufferedImage.TYPE_USHORT_GRAY,
        BufferedImage.TYPE_BYTE_BINARY,
        BufferedImage.TYPE_BYTE_INDEXED
      })
  void aPictureHasThePixelsOfItsPngFile(int type) throws IOException {
    check(random(new BufferedImage(9, 6, type)));
  }

  @Test
  void soHasAPictureWithATransparentPalette() throws IOException {
    byte[] values = {0, 64, (byte) 128, (byte) 255};
    byte[] alphas = {0, (byte) 255, (byte) 100, (byte) 255};
    IndexColorModel palette = new IndexColorModel(2, 4, values, values, values, alphas);
    check(random(new BufferedImage(9, 6, BufferedImage.TYPE_BYTE_INDEXED, palette)));
  }

  @Test
  void soHasAPictureOf16BitColours() throws IOException {
    check(random(picture(ColorSpace.CS_sRGB, true, false, DataBuffer.TYPE_USHORT)));
  }

  @Test
  void soHasAGreyPictureWithAlpha() throws IOException {
    check(random(picture(ColorSpace.CS_GRAY, true, false, DataBuffer.TYPE_BYTE)));
  }

  @Test
  void soHasAPartOfAPicture() throws IOException {
    BufferedImage whole = random(new BufferedImage(9, 6, BufferedImage.TYPE_3BYTE_BGR));
    check(whole.getSubimage(2, 1, 5, 4));
    BufferedImage grey = random(new BufferedImage(9, 6, BufferedImage.TYPE_BYTE_GRAY));
    check(grey.getSubimage(2, 1, 5, 4));
  }

  /** PNG has no such pixels; the expected ones are those before the multiplication by alpha. */
  @Test
  void greyThatIsMultipliedByAlphaIsNotMultipliedTwice() {
    BufferedImage image = picture(ColorSpace.CS_GRAY, true, true, DataBuffer.TYPE_BYTE);
    image.getRaster().setPixel(3, 2, new int[] {100, 128});
    byte[] pixels = DecodedImage.of(image, 1).pixels();
    assertEquals(100, pixels[2 * 9 + 3] & 0xFF, 1);
    assertEquals(0, pixels[0]);
  }

  @Test
  void greyOfFloatingPointNumbersIsFromZeroToOne() {
    BufferedImage image = picture(ColorSpace.CS_GRAY, false, false, DataBuffer.TYPE_FLOAT);
    image.getRaster().setSample(0, 0, 0, 0.5f);
    image.getRaster().setSample(1, 0, 0, 1f);
    image.getRaster().setSample(2, 0, 0, 2f);
    byte[] pixels = DecodedImage.of(image, 1).pixels();
    assertArrayEquals(new byte[] {(byte) 128, -1, -1, 0}, Arrays.copyOf(pixels, 4));
  }

  private static BufferedImage picture(int space, boolean alpha, boolean multiplied, int type) {
    int transparency = alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE;
    ColorModel model =
        new ComponentColorModel(
            ColorSpace.getInstance(space), alpha, multiplied, transparency, type);
    WritableRaster raster = model.createCompatibleWritableRaster(9, 6);
    return new BufferedImage(model, raster, multiplied, null);
  }

  /** Sets random samples, of as many bits as there are. */
  private static BufferedImage random(BufferedImage image) {
    Random random = new Random(1);
    WritableRaster raster = image.getRaster();
    for (int band = 0; band < raster.getNumBands(); band++) {
      int levels =
          image.getColorModel() instanceof IndexColorModel palette
              ? palette.getMapSize()
              : 1 << raster.getSampleModel().getSampleSize(band);
      for (int i = 0; i < raster.getWidth() * raster.getHeight(); i++) {
        int x = i % raster.getWidth();
        raster.setSample(x, i / raster.getWidth(), band, random.nextInt(levels));
      }
    }
    return image;
  }

  private static void check(BufferedImage image) throws IOException {
    byte[] png = encode(image, "png");
    for (int channels : new int[] {1, 3}) {
      DecodedImage fromFile = ImageFiles.read(new ByteArrayInputStream(png), channels);
      DecodedImage fromMemory = DecodedImage.of(image, channels);
      assertEquals(channels, fromMemory.channels());
      assertEquals(image.getHeight(), fromMemory.height());
      assertEquals(image.getWidth(), fromMemory.width());
      assertArrayEquals(fromFile.pixels(), fromMemory.pixels());
    }
  }

  @Test
  void aPictureHasOneOrThreeChannelsAndNotTooManyPixels() {
    BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
    assertThrows(IllegalArgumentException.class, () -> DecodedImage.of(image, 2));
    BufferedImage giant = new BufferedImage(20_000, 4_000, BufferedImage.TYPE_BYTE_BINARY);
    IllegalArgumentException e =
        assertThrows(IllegalArgumentException.class, () -> DecodedImage.of(giant, 1));
    assertEquals(
        "the image has 20000 x 4000 pixels; more than 64 million are not read", e.getMessage());
  }

  /** A stream that gives a few bytes at a time and must not be closed. */
  private static final class Trickle extends ByteArrayInputStream {
    private boolean closed;

    Trickle(byte[] content) {
      super(content);
    }

    @Override
    public synchronized int read(byte[] target, int offset, int length) {
      return super.read(target, offset, Math.min(length, 3));
    }

    @Override
    public void close() throws IOException {
      closed = true;
      super.close();
    }
  }

  @Test
  void aStreamIsReadToItsEndAndLeftOpen() throws IOException {
    BufferedImage image = random(new BufferedImage(9, 6, BufferedImage.TYPE_INT_RGB));
    Trickle stream = new Trickle(encode(image, "png"));
    DecodedImage decoded = ImageFiles.read(stream, 3);
    assertArrayEquals(DecodedImage.of(image, 3).pixels(), decoded.pixels());
    assertEquals(0, stream.available());
    assertFalse(stream.closed);
  }

  @Test
  void aStreamThatIsNoImageIsRefusedInOneSentence() throws IOException {
    byte[] png = encode(random(new BufferedImage(9, 6, BufferedImage.TYPE_3BYTE_BGR)), "png");
    assertEquals("the stream: is empty", complaint(new byte[0]));
    String foreign = complaint("%PDF-1.7 and much more text".getBytes(StandardCharsets.US_ASCII));
    assertTrue(foreign.startsWith("the stream: is not a PNG, JPEG, BMP"), foreign);
    for (int length = 8; length < png.length / 2; length++) {
      String truncated = complaint(Arrays.copyOf(png, length));
      assertTrue(
          truncated.startsWith("the stream: the image is damaged or truncated ("), truncated);
      assertEquals(1, truncated.lines().count(), truncated);
    }
  }

  private static String complaint(byte[] content) {
    InvalidFileException e =
        assertThrows(
            InvalidFileException.class,
            () -> ImageFiles.read(new ByteArrayInputStream(content), 3));
    assertEquals("the stream", e.source());
    assertEquals(Optional.empty(), e.file());
    return e.getMessage();
  }

  @Test
  void aFailureOfTheStreamIsPassedOn() {
    IOException failure = new IOException("connection reset");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw failure;
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw failure;
          }
        };
    assertEquals(failure, assertThrows(IOException.class, () -> ImageFiles.read(broken, 3)));
    assertThrows(IllegalArgumentException.class, () -> ImageFiles.read(broken, 2));
  }
}
