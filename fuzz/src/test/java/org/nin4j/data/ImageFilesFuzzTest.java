package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.error.InvalidFileException;
import org.nin4j.fuzz.Untrusted;

/** Image files of any content and format. */
class ImageFilesFuzzTest {
  @TempDir static Path folder;

  /** Images of a few pixels; a WebP file is in the corpus, as Java cannot write one. */
  static Stream<byte[]> seeds() throws IOException {
    BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_INT_RGB);
    image.setRGB(1, 1, 0xFF8040);
    BufferedImage palette = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_INDEXED);
    Stream.Builder<byte[]> seeds = Stream.builder();
    for (String format : new String[] {"png", "bmp", "gif", "tiff", "jpeg"}) {
      seeds.add(ImageBytes.encode(image, format));
    }
    seeds.add(ImageBytes.encode(palette, "png"));
    byte[] name = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    byte[] segment = ByteBuffer.allocate(name.length + 26).put(name).put(exif(6)).array();
    seeds.add(ImageBytes.withSegment(ImageBytes.encode(image, "jpeg"), 0xE1, segment));
    return seeds.build();
  }

  /** Returns a TIFF structure of one entry, the orientation. */
  static byte[] exif(int orientation) {
    return ByteBuffer.allocate(26)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put("II*\0".getBytes(StandardCharsets.US_ASCII))
        .putInt(8)
        .putShort((short) 1)
        .putShort((short) 0x0112)
        .putShort((short) 3)
        .putInt(1)
        .putInt(orientation)
        .array();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("image");
    Optional<ImageSize> size = Untrusted.file(file, bytes, it -> ImageFiles.size(it, bytes));
    DecodedImage image;
    try {
      image = ImageFiles.read(new ByteArrayInputStream(bytes), 3);
    } catch (InvalidFileException e) {
      Untrusted.requireSentence("the stream", e);
      return;
    }
    assertEquals(new ImageSize(image.height(), image.width()), size.orElseThrow());
  }
}
