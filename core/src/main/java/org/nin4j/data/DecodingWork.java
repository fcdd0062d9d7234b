package org.nin4j.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import javax.imageio.ImageReader;
import javax.imageio.plugins.tiff.BaselineTIFFTagSet;
import javax.imageio.plugins.tiff.TIFFDirectory;
import javax.imageio.plugins.tiff.TIFFField;

/**
 * Recognises files that were made to take far more time or memory than their pixels do, before they
 * are decoded.
 */
final class DecodingWork {
  /** Encoders write about ten scans. */
  static final int MOST_SCANS = 100;

  /** Pixels times scans: ten scans of the largest image, and more of smaller ones. */
  private static final long MOST_SCANNED = 10 * PixelLayout.MAX_PIXELS;

  /** Strips or tiles of a TIFF file, each of which is decoded on its own. */
  private static final long MOST_TILES = 100_000;

  /** Pixels of tiles that may lie outside of a small image. */
  private static final long ALWAYS_ALLOWED = 1 << 20;

  private static final int BMP_COMPRESSION = 30;
  private static final int OLD_JPEG = BaselineTIFFTagSet.COMPRESSION_OLD_JPEG;
  private static final int NEW_JPEG = BaselineTIFFTagSet.COMPRESSION_JPEG;

  private DecodingWork() {}

  /**
   * Checks a file whose header has been read.
   *
   * @param reader has read the header
   * @param width columns of the image
   * @param height rows of the image
   * @return what is wrong with the file, if anything is
   * @throws IOException when the file is damaged
   */
  static Optional<String> excess(
      ImageKind kind,
      ImageReader reader,
      byte[] content,
      Optional<JpegHeader> jpeg,
      long width,
      long height)
      throws IOException {
    return switch (kind) {
      case JPEG ->
          jpeg.isEmpty() || jpeg.get().hasSeveralScans()
              ? scans(content, 0, content.length, width * height)
              : Optional.empty();
      case TIFF -> tiff(reader, content, width, height);
      default -> Optional.empty();
    };
  }

  private static Optional<String> scans(byte[] file, int from, int to, long pixels) {
    int scans = JpegScans.count(file, from, to);
    long most = Math.min(MOST_SCANS, MOST_SCANNED / Math.max(pixels, 1));
    return scans <= most
        ? Optional.empty()
        : complaint("has %d scans; more than %d are not read of an image of its size", scans, most);
  }

  /**
   * Checks a file of which nothing has been read. A BMP file may contain a PNG or JPEG file, of
   * which nothing would be known here.
   *
   * @return what is wrong with the file, if anything is
   */
  static Optional<String> excess(ImageKind kind, byte[] content) {
    if (kind != ImageKind.BMP || content.length < BMP_COMPRESSION + Integer.BYTES) {
      return Optional.empty();
    }
    ByteBuffer header = ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    int compression = header.getInt(BMP_COMPRESSION);
    boolean longHeader = header.getInt(14) >= 40;
    return longHeader && (compression == 4 || compression == 5)
        ? complaint("is a BMP file with a JPEG or PNG file in it; send that one instead")
        : Optional.empty();
  }

  private static Optional<String> tiff(ImageReader reader, byte[] content, long width, long height)
      throws IOException {
    long tileWidth = reader.getTileWidth(0);
    long tileHeight = reader.getTileHeight(0);
    long tiles = ceilDiv(width, tileWidth) * ceilDiv(height, tileHeight);
    if (tileWidth * tileHeight * tiles > Math.max(4 * width * height, ALWAYS_ALLOWED)) {
      return complaint(
          "has tiles of %d x %d pixels for %d x %d; write it with smaller ones",
          tileWidth, tileHeight, width, height);
    }
    TIFFDirectory directory = TIFFDirectory.createFromMetadata(reader.getImageMetadata(0));
    long[] offsets =
        longs(directory, BaselineTIFFTagSet.TAG_STRIP_OFFSETS, BaselineTIFFTagSet.TAG_TILE_OFFSETS);
    long[] lengths =
        longs(
            directory,
            BaselineTIFFTagSet.TAG_STRIP_BYTE_COUNTS,
            BaselineTIFFTagSet.TAG_TILE_BYTE_COUNTS);
    if (Math.max(tiles, offsets.length) > MOST_TILES) {
      return complaint("has %d strips or tiles; write it with larger ones", tiles);
    }
    if (LongStream.of(lengths).sum() > 2L * content.length) {
      return complaint("has strips or tiles that share their bytes; write it anew");
    }
    long[] compression = longs(directory, BaselineTIFFTagSet.TAG_COMPRESSION);
    if (compression.length > 0 && compression[0] == OLD_JPEG) {
      return complaint("has TIFF's old kind of JPEG compression; write it with another one");
    }
    return compression.length > 0 && compression[0] == NEW_JPEG
        ? jpegs(content, offsets, tileWidth, tileHeight)
        : Optional.empty();
  }

  /** Checks the JPEG file of each strip or tile. */
  private static Optional<String> jpegs(byte[] content, long[] offsets, long width, long height) {
    for (long offset : offsets) {
      Optional<JpegHeader> header =
          offset < 0 || offset >= content.length
              ? Optional.empty()
              : JpegHeader.read(content, (int) offset);
      if (header.isEmpty() || header.get().width() > width || header.get().height() > height) {
        return complaint("has a strip or tile that is no JPEG image of %d x %d", width, height);
      }
      if (header.get().hasSeveralScans()) {
        Optional<String> excess =
            scans(content, (int) offset, content.length, width * height * offsets.length);
        if (excess.isPresent()) {
          return excess;
        }
      }
    }
    return Optional.empty();
  }

  /** Returns the numbers of all fields of the given tags. */
  private static long[] longs(TIFFDirectory directory, int... tags) {
    LongStream.Builder all = LongStream.builder();
    for (int tag : tags) {
      TIFFField field = directory.getTIFFField(tag);
      if (field != null && field.isIntegral()) {
        IntStream.range(0, field.getCount()).mapToLong(field::getAsLong).forEach(all);
      }
    }
    return all.build().toArray();
  }

  private static long ceilDiv(long a, long b) {
    return (a + b - 1) / b;
  }

  private static Optional<String> complaint(String format, Object... values) {
    return Optional.of(String.format(Locale.ROOT, format, values));
  }
}
