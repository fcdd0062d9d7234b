package org.nin4j.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;

/** The bytes of an image in one of the formats that can be read here. */
final class EncodedImage {
  /** Largest number of pixels of a JPEG file that is decoded at once, which finds any damage. */
  private static final int SMALL_JPEG = 512 * 512;

  /** Number of bytes from which the format is recognised. */
  private static final int MAGIC = 16;

  private final ImageOrigin origin;
  private final byte[] content;
  private final ImageKind kind;

  /**
   * Recognises the format.
   *
   * @param content the bytes, which are not copied
   * @throws InvalidFileException if they do not begin like an image that can be read here
   */
  EncodedImage(ImageOrigin origin, byte[] content) throws InvalidFileException {
    this.origin = origin;
    this.content = content;
    kind = kind(origin, content);
  }

  /**
   * Reads a stream to its end if it begins like an image.
   *
   * @param length the expected number of bytes; it affects speed only
   */
  static EncodedImage read(ImageOrigin origin, InputStream in, long length) throws IOException {
    byte[] start = in.readNBytes(MAGIC);
    kind(origin, start);
    try {
      ByteArrayOutputStream all = new ByteArrayOutputStream((int) Math.min(length, 1 << 30));
      all.write(start);
      in.transferTo(all);
      return new EncodedImage(origin, all.toByteArray());
    } catch (OutOfMemoryError e) {
      throw origin.tooLarge(e);
    }
  }

  private static ImageKind kind(ImageOrigin origin, byte[] content) throws InvalidFileException {
    if (content.length == 0) {
      throw origin.invalid("is empty", null);
    }
    ImageKind kind =
        ImageKind.of(content)
            .orElseThrow(() -> origin.invalid("is not a " + ImageKind.readable() + " image", null));
    if (!ImageReaders.canRead(kind)) {
      throw origin.invalid(
          String.format(
              "is a %s image, which cannot be read here; convert it to %s",
              kind.title(), ImageKind.readable()),
          null);
    }
    return kind;
  }

  /**
   * Returns the size of the upright image, as {@link ImageFiles#size} describes it.
   *
   * @throws IOException if the image cannot be decoded
   */
  ImageSize size() throws IOException {
    Optional<ImageSize> size =
        switch (kind) {
          case JPEG ->
              JpegHeader.readToEnd(content)
                  .flatMap(JpegHeader::sizeIfIntact)
                  .filter(found -> (long) found.height() * found.width() > SMALL_JPEG);
          case PNG -> PngChunks.sizeIfIntact(content);
          default -> Optional.empty();
        };
    if (size.isPresent()
        && (long) size.get().height() * size.get().width() <= PixelLayout.MAX_PIXELS) {
      return size.get();
    }
    DecodedImage image = decode(1, PixelLayout.MAX_PIXELS);
    return new ImageSize(image.height(), image.width());
  }

  /**
   * Reads the header.
   *
   * @throws IOException if the header is damaged
   */
  ImageHeader header() throws IOException {
    try (ImageDecoder decoder = decoder(jpegHeader())) {
      return new ImageHeader(
          Math.toIntExact(decoder.width()),
          Math.toIntExact(decoder.height()),
          decoder.bytesPerPixel());
    } catch (OutOfMemoryError e) {
      throw origin.tooLarge(e);
    }
  }

  /**
   * Decodes the image, and turns it upright.
   *
   * @param channels 1 for grey, 3 for red, green, blue
   * @param maxPixels an image of more is refused before it is decoded
   * @throws IOException if the image is damaged, or too large
   */
  DecodedImage decode(int channels, long maxPixels) throws IOException {
    Optional<JpegHeader> jpeg = jpegHeader();
    try {
      return ExifOrientation.upright(
          PixelLayout.of(stored(jpeg, maxPixels), channels, maxPixels), orientation(jpeg));
    } catch (OutOfMemoryError e) {
      throw origin.tooLarge(e);
    }
  }

  private Optional<JpegHeader> jpegHeader() {
    return kind == ImageKind.JPEG ? JpegHeader.read(content) : Optional.empty();
  }

  private ImageDecoder decoder(Optional<JpegHeader> jpeg) throws IOException {
    return new ImageDecoder(origin, kind, content, jpeg);
  }

  /** Decodes the image as it is stored. */
  private BufferedImage stored(Optional<JpegHeader> jpeg, long maxPixels) throws IOException {
    try (ImageDecoder decoder = decoder(jpeg)) {
      return decoder.decode(maxPixels);
    }
  }

  private int orientation(Optional<JpegHeader> jpeg) {
    return switch (kind) {
      case TIFF -> ExifOrientation.of(content, 0, content.length);
      case PNG -> PngChunks.orientation(content);
      case WEBP -> WebPChunks.orientation(content);
      default -> jpeg.map(JpegHeader::orientation).orElse(ExifOrientation.UPRIGHT);
    };
  }
}
