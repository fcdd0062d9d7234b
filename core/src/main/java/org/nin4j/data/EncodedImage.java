package org.nin4j.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
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
    DecodedImage image = decode(1);
    return new ImageSize(image.height(), image.width());
  }

  /**
   * Decodes the image, and turns it upright.
   *
   * @param channels 1 for grey, 3 for red, green, blue
   * @throws IOException if the image is damaged, or too large
   */
  DecodedImage decode(int channels) throws IOException {
    Optional<JpegHeader> jpeg =
        kind == ImageKind.JPEG ? JpegHeader.read(content) : Optional.empty();
    try {
      return ExifOrientation.upright(PixelLayout.of(stored(jpeg), channels), orientation(jpeg));
    } catch (OutOfMemoryError e) {
      throw origin.tooLarge(e);
    }
  }

  /** Decodes the image as it is stored. */
  private BufferedImage stored(Optional<JpegHeader> jpeg) throws IOException {
    ImageReader reader = ImageReaders.create(kind).orElseThrow();
    try (ImageInputStream in = new BytesInput(content)) {
      return decode(reader, in, jpeg);
    } finally {
      reader.dispose();
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

  private BufferedImage decode(ImageReader reader, ImageInputStream in, Optional<JpegHeader> jpeg)
      throws IOException {
    AtomicReference<String> warning = new AtomicReference<>();
    reader.addIIOReadWarningListener((source, text) -> warning.compareAndSet(null, text));
    long width;
    long height;
    BufferedImage image = null;
    try {
      reader.setInput(in, false, true);
      width = reader.getWidth(0);
      height = reader.getHeight(0);
      if (width * height <= PixelLayout.MAX_PIXELS) {
        image =
            jpeg.isPresent() && jpeg.get().isCmyk()
                ? CmykJpeg.toRgb(reader.readRaster(0, null), jpeg.get().adobe())
                : reader.read(0);
      }
    } catch (IOException | RuntimeException e) {
      // The decoders throw any kind of exception for damaged files.
      throw origin.invalid("the image is damaged or truncated (" + reason(e) + ")", e);
    }
    if (image == null) {
      throw origin.invalid("declares " + PixelLayout.tooManyPixels(width, height), null);
    }
    String text = warning.get();
    if (text != null && isTruncation(text)) {
      throw origin.invalid("the image is truncated (" + text + ")", null);
    }
    return image;
  }

  /** The JPEG decoder only warns of a premature end, and fills in the rest of the image. */
  private static boolean isTruncation(String warning) {
    String lower = warning.toLowerCase(Locale.ROOT);
    return lower.contains("premature end") || lower.contains("truncated");
  }

  private static String reason(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }
}
