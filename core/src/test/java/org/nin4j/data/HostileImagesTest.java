package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.nin4j.data.ImageBytes.encode;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.error.InvalidFileException;

/** Images in memory: what their headers say, and files that were made to take minutes. */
class HostileImagesTest {
  private static final long MAX_PIXELS = 1_000_000;
  private static final int UNCOMPRESSED = 1;
  private static final int OLD_JPEG = 6;
  private static final int JPEG = 7;
  private static final int DEFLATE = 8;

  @ParameterizedTest
  @CsvSource({
    "png, 5, 3", // TYPE_3BYTE_BGR
    "png, 6, 4", // TYPE_4BYTE_ABGR
    "png, 10, 1", // TYPE_BYTE_GRAY
    "png, 11, 2", // TYPE_USHORT_GRAY
    "png, 13, 1", // TYPE_BYTE_INDEXED
    "jpeg, 5, 3",
    "jpeg, 10, 1",
    "gif, 13, 1",
    "bmp, 5, 3",
    "tiff, 5, 9"
  })
  void theHeaderSaysTheSizeAndWhatItTakesToDecode(String format, int type, int bytesPerPixel)
      throws IOException {
    byte[] content = encode(new BufferedImage(40, 30, type), format);
    ImageHeader header = ImageFiles.header(content);
    assertEquals(new ImageHeader(40, 30, bytesPerPixel), header);
    assertEquals(1200, header.pixels());
    long pixels = header.decodingBytes(3) - (1 << 18);
    assertEquals(1200L * (3 + Math.max(3, bytesPerPixel)), pixels);
    DecodedImage image = ImageFiles.read(content, 3, 1200);
    assertEquals(40, image.width());
    assertEquals(
        "the image: declares 40 x 30 pixels; more than 1199 are not read",
        assertThrows(InvalidFileException.class, () -> ImageFiles.read(content, 3, 1199))
            .getMessage());
  }

  @Test
  void anImageInMemoryHasThePixelsOfItsStream() throws IOException {
    byte[] content = encode(ImageBytes.redAndBlue(), "png");
    assertArrayEquals(
        ImageFiles.read(new java.io.ByteArrayInputStream(content), 3).pixels(),
        ImageFiles.read(content, 3, MAX_PIXELS).pixels());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 700_000_001L})
  void aLimitThatIsNoneIsRefused(long limit) throws IOException {
    byte[] content = encode(ImageBytes.redAndBlue(), "png");
    assertThrows(IllegalArgumentException.class, () -> ImageFiles.read(content, 3, limit));
  }

  @Test
  void aProgressiveImageMayHaveAHundredScans() throws IOException {
    byte[] jpeg = progressive();
    int own = JpegScans.count(jpeg, 0, jpeg.length);
    assertEquals(16, ImageFiles.read(withScans(jpeg, 100 - own), 3, MAX_PIXELS).width());
    byte[] many = withScans(jpeg, 101 - own);
    assertEquals(101, JpegScans.count(many, 0, many.length));
    assertEquals(
        "the image: has 101 scans; more than 100 are not read of an image of its size",
        complaint(many));
  }

  /** libjpeg skips what belongs to no segment, and so must the count. */
  @Test
  void scansBehindBytesThatMeanNothingAreCounted() throws IOException {
    byte[] jpeg = progressive();
    int own = JpegScans.count(jpeg, 0, jpeg.length);
    int first = lastScan(jpeg);
    byte[] garbage =
        ByteBuffer.allocate(jpeg.length + 3)
            .put(jpeg, 0, first)
            .put(new byte[] {1, 2, 3})
            .put(jpeg, first, jpeg.length - first)
            .array();
    assertEquals(own, JpegScans.count(garbage, 0, garbage.length));
    assertEquals(16, ImageFiles.read(garbage, 3, MAX_PIXELS).width());
  }

  @Test
  void tilesThatAreFarLargerThanTheImageAreRefused() {
    assertEquals(
        "the image: has tiles of 40000 x 40000 pixels for 100 x 100; write it with smaller ones",
        complaint(tiff(100, UNCOMPRESSED, new byte[100], 40_000, 1)));
  }

  @Test
  void stripsThatShareTheirBytesAreRefused() {
    assertEquals(
        "the image: has strips or tiles that share their bytes; write it anew",
        complaint(tiff(100, DEFLATE, new byte[3000], 0, 100)));
  }

  @Test
  void aStripThatIsALargerJpegImageIsRefused() throws IOException {
    byte[] jpeg = encode(new BufferedImage(200, 300, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
    assertEquals(
        "the image: has a strip or tile that is no JPEG image of 100 x 100",
        complaint(tiff(100, JPEG, jpeg, 0, 1)));
    byte[] own = encode(new BufferedImage(100, 100, BufferedImage.TYPE_BYTE_GRAY), "jpeg");
    assertEquals(100, ImageFiles.read(tiff(100, JPEG, own, 0, 1), 1, MAX_PIXELS).height());
    assertEquals(
        "the image: has TIFF's old kind of JPEG compression; write it with another one",
        complaint(tiff(100, OLD_JPEG, own, 0, 1)));
  }

  @Test
  void aFileWithinABmpFileIsRefused() throws IOException {
    byte[] bmp = encode(ImageBytes.redAndBlue(), "bmp");
    ByteBuffer.wrap(bmp).order(ByteOrder.LITTLE_ENDIAN).putInt(30, 5);
    assertEquals(
        "the image: is a BMP file with a JPEG or PNG file in it; send that one instead",
        complaint(bmp));
  }

  private static String complaint(byte[] content) {
    InvalidFileException e =
        assertThrows(InvalidFileException.class, () -> ImageFiles.read(content, 3, MAX_PIXELS));
    assertEquals(
        e.getMessage(),
        assertThrows(InvalidFileException.class, () -> ImageFiles.header(content)).getMessage());
    return e.getMessage();
  }

  private static byte[] progressive() throws IOException {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ImageWriteParam param = writer.getDefaultWriteParam();
    param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      writer.write(null, new IIOImage(ImageBytes.redAndBlue(), null, null), param);
    }
    writer.dispose();
    return bytes.toByteArray();
  }

  /** Repeats the last scan. */
  private static byte[] withScans(byte[] jpeg, int more) {
    int last = lastScan(jpeg);
    int end = jpeg.length - 2; // of the image, before its marker
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.write(jpeg, 0, end);
    for (int i = 0; i < more; i++) {
      all.write(jpeg, last, end - last);
    }
    all.write(jpeg, end, 2);
    return all.toByteArray();
  }

  private static int lastScan(byte[] jpeg) {
    int at = jpeg.length - 2;
    while ((jpeg[at] & 0xFF) != 0xFF || (jpeg[at + 1] & 0xFF) != 0xDA) {
      at--;
    }
    return at;
  }

  /**
   * A TIFF file of a grey square with its data in one tile, or in strips that all are the same
   * bytes.
   *
   * @param tile the side of the tile; 0 for strips
   * @param strips how many
   */
  private static byte[] tiff(int side, int compression, byte[] data, int tile, int strips) {
    int[] offsets = new int[strips];
    int[] lengths = new int[strips];
    Arrays.fill(offsets, 8);
    Arrays.fill(lengths, data.length);
    int lists = 8 + data.length + data.length % 2;
    int directory = lists + 8 * strips;
    ByteBuffer file = ByteBuffer.allocate(directory + 200).order(ByteOrder.LITTLE_ENDIAN);
    file.put("II*\0".getBytes(StandardCharsets.US_ASCII)).putInt(directory).put(data);
    file.position(lists);
    Arrays.stream(offsets).forEach(file::putInt);
    Arrays.stream(lengths).forEach(file::putInt);
    file.putShort((short) (tile > 0 ? 10 : 9));
    field(file, 256, 1, side);
    field(file, 257, 1, side);
    field(file, 258, 1, 8);
    field(file, 259, 1, compression);
    field(file, 262, 1, 1);
    if (tile > 0) {
      field(file, 277, 1, 1);
      field(file, 322, 1, tile);
      field(file, 323, 1, tile);
      field(file, 324, 1, 8);
      field(file, 325, 1, data.length);
    } else {
      field(file, 273, strips, strips == 1 ? 8 : lists);
      field(file, 277, 1, 1);
      field(file, 278, 1, side / strips);
      field(file, 279, strips, strips == 1 ? data.length : lists + 4 * strips);
    }
    return file.array();
  }

  private static void field(ByteBuffer file, int tag, int count, int value) {
    boolean isShort = (tag >= 258 && tag <= 262) || tag == 277; // others are of 32 bits
    file.putShort((short) tag).putShort((short) (isShort ? 3 : 4)).putInt(count).putInt(value);
  }
}
