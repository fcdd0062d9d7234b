package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** What is read of image files without decoding them: none of these readers refuses anything. */
class ImageHeadersFuzzTest {
  static Stream<byte[]> seeds() throws IOException {
    return Stream.concat(
        ImageFilesFuzzTest.seeds(),
        Stream.of(ImageFilesFuzzTest.exif(6), ImageFilesFuzzTest.exif(9)));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) {
    requireOrientation(ExifOrientation.of(bytes, 0, bytes.length));
    requireOrientation(PngChunks.orientation(bytes));
    requireOrientation(WebPChunks.orientation(bytes));
    PngChunks.sizeIfIntact(bytes).ifPresent(ImageHeadersFuzzTest::requireSize);
    JpegHeader.read(bytes).ifPresent(header -> requireOrientation(header.orientation()));
    JpegHeader.readToEnd(bytes)
        .flatMap(JpegHeader::sizeIfIntact)
        .ifPresent(ImageHeadersFuzzTest::requireSize);
    ImageKind.of(bytes);
  }

  private static void requireSize(ImageSize size) {
    assertTrue(size.height() > 0 && size.width() > 0);
  }

  private static void requireOrientation(int orientation) {
    assertTrue(orientation >= 1 && orientation <= 8);
  }
}
