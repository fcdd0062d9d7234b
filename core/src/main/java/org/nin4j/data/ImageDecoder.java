package org.nin4j.data;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.SampleModel;
import java.io.IOException;
import java.util.Iterator;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import org.nin4j.error.InvalidFileException;

/** Decodes an image with ImageIO: its header at first, and its pixels when they are asked for. */
final class ImageDecoder implements AutoCloseable {
  private final ImageOrigin origin;
  private final ImageKind kind;
  private final Optional<JpegHeader> jpeg;
  private final ImageReader reader;
  private final AtomicReference<String> warning = new AtomicReference<>();
  private long width;
  private long height;

  /**
   * Reads the header, and refuses a file that was made to take far more time or memory than its
   * pixels do.
   *
   * @param kind one that can be read
   * @param jpeg the segments of a JPEG file
   * @throws IOException when the header is damaged, or the file is refused
   */
  ImageDecoder(ImageOrigin origin, ImageKind kind, byte[] content, Optional<JpegHeader> jpeg)
      throws IOException {
    this.origin = origin;
    this.kind = kind;
    this.jpeg = jpeg;
    refuse(DecodingWork.excess(kind, content));
    reader = ImageReaders.create(kind).orElseThrow();
    reader.addIIOReadWarningListener((source, text) -> warning.compareAndSet(null, text));
    boolean success = false;
    try {
      reader.setInput(new BytesInput(content), false, true);
      width = reader.getWidth(0);
      height = reader.getHeight(0);
      refuse(DecodingWork.excess(kind, reader, content, jpeg, width, height));
      success = true;
    } catch (InvalidFileException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    } finally {
      if (!success) {
        reader.dispose();
      }
    }
  }

  private void refuse(Optional<String> complaint) throws InvalidFileException {
    if (complaint.isPresent()) {
      throw origin.invalid(complaint.get(), null);
    }
  }

  /** Columns of the image as it is stored. */
  long width() {
    return width;
  }

  /** Rows of the image as it is stored. */
  long height() {
    return height;
  }

  /** About how many bytes of Java's heap the decoder needs for each pixel. */
  int bytesPerPixel() throws InvalidFileException {
    if (jpeg.isPresent()) {
      // CMYK is converted from four bytes to an integer.
      return jpeg.get().isCmyk() ? 8 : jpeg.get().components();
    }
    try {
      Iterator<ImageTypeSpecifier> types = reader.getImageTypes(0);
      if (!types.hasNext()) {
        return 8;
      }
      SampleModel model = types.next().getSampleModel();
      int bits = model.getNumDataElements() * DataBuffer.getDataTypeSize(model.getDataType());
      // Strips of a TIFF image and the planes of a WebP image are decoded into memory of their own.
      int copies = kind == ImageKind.TIFF ? 3 : kind == ImageKind.WEBP ? 2 : 1;
      return copies * bits / Byte.SIZE;
    } catch (IOException | RuntimeException e) {
      throw damaged(e);
    }
  }

  /**
   * Decodes the image as it is stored.
   *
   * @param maxPixels an image of more is refused
   * @throws IOException when the image is damaged, or too large
   */
  BufferedImage decode(long maxPixels) throws IOException {
    if (width * height > maxPixels) {
      throw origin.invalid("declares " + PixelLayout.tooManyPixels(width, height, maxPixels), null);
    }
    BufferedImage image;
    try {
      image =
          jpeg.isPresent() && jpeg.get().isCmyk()
              ? CmykJpeg.toRgb(reader.readRaster(0, null), jpeg.get().adobe())
              : reader.read(0);
    } catch (IOException | RuntimeException e) {
      // The decoders throw any kind of exception for damaged files.
      throw damaged(e);
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

  private InvalidFileException damaged(Exception e) {
    return origin.invalid("the image is damaged or truncated (" + reason(e) + ")", e);
  }

  private static String reason(Exception e) {
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
