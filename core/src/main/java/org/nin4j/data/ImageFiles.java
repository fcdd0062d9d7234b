package org.nin4j.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/**
 * Reads PNG, JPEG, BMP, GIF and TIFF files, and WebP files if an ImageIO plugin for them is on the
 * class path, such as {@code com.twelvemonkeys.imageio:imageio-webp}. Of an animation the first
 * frame is read. JPEG, TIFF, PNG and WebP images are rotated and mirrored according to their
 * orientation tag.
 */
public final class ImageFiles {
  /** Images whose headers declare more are refused before memory is allocated. */
  private static final long MAX_PIXELS = 64_000_000;

  /** Largest number of pixels of a JPEG file that is decoded at once, which finds any damage. */
  private static final int SMALL_JPEG = 512 * 512;

  /** Number of bytes from which the format is recognised. */
  private static final int MAGIC = 16;

  private ImageFiles() {}

  /**
   * Returns the image files that a path stands for: itself, or those of a folder.
   *
   * @param fileOrFolder an image file, or a folder with images in it
   * @return the files, sorted by name
   * @throws java.nio.file.NoSuchFileException if there is no such path, or no image in the folder
   * @throws IOException if the folder cannot be read
   */
  public static List<Path> list(Path fileOrFolder) throws IOException {
    if (!Files.exists(fileOrFolder)) {
      throw FileErrors.missingFileOrFolder(fileOrFolder);
    }
    if (!Files.isDirectory(fileOrFolder)) {
      return List.of(fileOrFolder);
    }
    try (Stream<Path> entries = Files.list(fileOrFolder)) {
      List<Path> images =
          entries
              .filter(path -> ImageKind.isImageName(path) && Files.isRegularFile(path))
              .sorted()
              .toList();
      if (images.isEmpty()) {
        throw new NoSuchFileException(
            fileOrFolder.toString(), null, "has no " + ImageKind.readable() + " file in it");
      }
      return images;
    } catch (FileSystemException e) {
      throw FileErrors.reading(fileOrFolder, e);
    }
  }

  /**
   * Decodes an image. Colour is converted to grey with the weights 0.299, 0.587, 0.114 of red,
   * green and blue. Transparent pixels are blended with black, which is also the background of
   * MNIST and similar data sets. 16 bits are reduced to 8, and CMYK is converted without a colour
   * profile.
   *
   * @param file an image file; its format is recognised by its content
   * @param channels 1 for grey, 3 for red, green, blue
   * @return the image
   * @throws InvalidFileException if it is not an image, is damaged, or declares more than 64
   *     million pixels
   * @throws IOException if it is not there or cannot be read
   * @throws IllegalArgumentException if there are neither 1 nor 3 channels
   */
  public static DecodedImage read(Path file, int channels) throws IOException {
    if (channels != 1 && channels != 3) {
      throw new IllegalArgumentException("images have 1 or 3 channels, not " + channels);
    }
    FileErrors.requireRegularFile(file);
    try {
      byte[] content = content(file);
      return decode(file, content, channels);
    } catch (OutOfMemoryError e) {
      throw new IOException(
          file + ": is too large to be decoded in Java's memory; give it more with -Xmx", e);
    }
  }

  /** Reads a file completely if it begins like an image. */
  private static byte[] content(Path file) throws IOException {
    try (InputStream in = FileErrors.open(file)) {
      byte[] start = in.readNBytes(MAGIC);
      requireReadable(file, start);
      ByteArrayOutputStream all =
          new ByteArrayOutputStream((int) Math.min(Files.size(file), 1 << 30));
      all.write(start);
      in.transferTo(all);
      return all.toByteArray();
    }
  }

  private static ImageKind requireReadable(Path file, byte[] content) throws IOException {
    if (content.length == 0) {
      throw new InvalidFileException(file, "is empty", null);
    }
    ImageKind kind =
        ImageKind.of(content)
            .orElseThrow(
                () ->
                    new InvalidFileException(
                        file, "is not a " + ImageKind.readable() + " image", null));
    if (!ImageReaders.canRead(kind)) {
      throw new InvalidFileException(
          file,
          String.format(
              "is a %s image, which cannot be read here; convert it to %s",
              kind.title(), ImageKind.readable()),
          null);
    }
    return kind;
  }

  /**
   * Returns the size of the upright image. Complete PNG files, and complete JPEG files that are not
   * small, are recognised without decoding them; other files are decoded. Damage within a large
   * JPEG file is not found.
   *
   * @param content the content of the file
   * @throws IOException as {@link #read} does
   */
  static ImageSize size(Path file, byte[] content) throws IOException {
    ImageKind kind = requireReadable(file, content);
    Optional<ImageSize> size =
        switch (kind) {
          case JPEG ->
              JpegHeader.readToEnd(content)
                  .flatMap(JpegHeader::sizeIfIntact)
                  .filter(found -> (long) found.height() * found.width() > SMALL_JPEG);
          case PNG -> PngChunks.sizeIfIntact(content);
          default -> Optional.empty();
        };
    if (size.isPresent() && (long) size.get().height() * size.get().width() <= MAX_PIXELS) {
      return size.get();
    }
    try {
      DecodedImage image = decode(file, content, 1);
      return new ImageSize(image.height(), image.width());
    } catch (OutOfMemoryError e) {
      throw new IOException(file + ": is too large to be decoded in Java's memory", e);
    }
  }

  private static DecodedImage decode(Path file, byte[] content, int channels) throws IOException {
    ImageKind kind = requireReadable(file, content);
    Optional<JpegHeader> jpeg =
        kind == ImageKind.JPEG ? JpegHeader.read(content) : Optional.empty();
    ImageReader reader = ImageReaders.create(kind).orElseThrow();
    BufferedImage image;
    try (ImageInputStream in = new BytesInput(content)) {
      image = decode(file, reader, in, jpeg);
    } finally {
      reader.dispose();
    }
    int orientation =
        switch (kind) {
          case TIFF -> ExifOrientation.of(content, 0, content.length);
          case PNG -> PngChunks.orientation(content);
          case WEBP -> WebPChunks.orientation(content);
          default -> jpeg.map(JpegHeader::orientation).orElse(ExifOrientation.UPRIGHT);
        };
    return ExifOrientation.upright(PixelLayout.of(image, channels), orientation);
  }

  private static BufferedImage decode(
      Path file, ImageReader reader, ImageInputStream in, Optional<JpegHeader> jpeg)
      throws IOException {
    AtomicReference<String> warning = new AtomicReference<>();
    reader.addIIOReadWarningListener((source, text) -> warning.compareAndSet(null, text));
    BufferedImage image;
    try {
      reader.setInput(in, false, true);
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      if (width * height > MAX_PIXELS) {
        throw new TooLarge(file, width, height);
      }
      image =
          jpeg.isPresent() && jpeg.get().isCmyk()
              ? CmykJpeg.toRgb(reader.readRaster(0, null), jpeg.get().adobe())
              : reader.read(0);
    } catch (TooLarge e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      // The decoders throw any kind of exception for damaged files.
      throw new InvalidFileException(
          file, "the image is damaged or truncated (" + reason(e) + ")", e);
    }
    String text = warning.get();
    if (text != null && isTruncation(text)) {
      throw new InvalidFileException(file, "the image is truncated (" + text + ")", null);
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

  private static final class TooLarge extends InvalidFileException {
    private static final long serialVersionUID = 1;

    TooLarge(Path file, long width, long height) {
      super(
          file,
          String.format(
              "declares %d x %d pixels; more than %d million are not read",
              width, height, MAX_PIXELS / 1_000_000),
          null);
    }
  }
}
