package org.nin4j.data;

import java.awt.image.BufferedImage;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/**
 * Reads PNG, JPEG, BMP and GIF files; of an animation the first frame. An orientation noted by a
 * camera is not applied.
 */
public final class ImageFiles {
  private static final Set<String> FORMATS = Set.of("png", "jpeg", "bmp", "gif");
  private static final Set<String> EXTENSIONS = Set.of("png", "jpg", "jpeg", "bmp", "gif");

  /**
   * A header that declares more is refused as a mistake or an attack before memory is allocated.
   */
  private static final long MOST_PIXELS = 64_000_000;

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
              .filter(path -> EXTENSIONS.contains(extension(path)) && Files.isRegularFile(path))
              .sorted()
              .toList();
      if (images.isEmpty()) {
        throw new NoSuchFileException(
            fileOrFolder.toString(), null, "has no PNG, JPEG, BMP or GIF file in it");
      }
      return images;
    } catch (FileSystemException e) {
      throw FileErrors.reading(fileOrFolder, e);
    }
  }

  /**
   * Decodes an image. Colour becomes grey by the weights 0.299, 0.587, 0.114; transparent pixels
   * are blended with black, the background of MNIST and similar data sets.
   *
   * @param file a PNG, JPEG, BMP or GIF file
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
    if (Files.size(file) == 0) {
      throw new InvalidFileException(file, "is empty", null);
    }
    try (ImageInputStream in = new FileImageInputStream(file.toFile())) {
      ImageReader reader = reader(file, in);
      try {
        return PixelLayout.of(decode(file, reader, in), channels);
      } finally {
        reader.dispose();
      }
    } catch (FileNotFoundException e) {
      throw FileErrors.reading(file, e);
    } catch (OutOfMemoryError e) {
      throw new IOException(
          file + ": is too large to be decoded in Java's memory; give it more with -Xmx", e);
    }
  }

  private static ImageReader reader(Path file, ImageInputStream in) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
    while (readers.hasNext()) {
      ImageReader reader = readers.next();
      if (FORMATS.contains(reader.getFormatName().toLowerCase(Locale.ROOT))) {
        return reader;
      }
      reader.dispose();
    }
    throw new InvalidFileException(file, "is not a PNG, JPEG, BMP or GIF image", null);
  }

  private static BufferedImage decode(Path file, ImageReader reader, ImageInputStream in)
      throws IOException {
    AtomicReference<String> warning = new AtomicReference<>();
    reader.addIIOReadWarningListener((source, text) -> warning.compareAndSet(null, text));
    BufferedImage image;
    try {
      reader.setInput(in, false, true);
      long width = reader.getWidth(0);
      long height = reader.getHeight(0);
      if (width * height > MOST_PIXELS) {
        throw new TooLarge(file, width, height);
      }
      image = reader.read(0);
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

  /** The JPEG decoder only warns of an early end, and invents the rest of the image. */
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

  private static String extension(Path path) {
    String name = path.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }

  private static final class TooLarge extends InvalidFileException {
    private static final long serialVersionUID = 1;

    TooLarge(Path file, long width, long height) {
      super(
          file,
          String.format(
              "declares %d x %d pixels; more than %d million are not read",
              width, height, MOST_PIXELS / 1_000_000),
          null);
    }
  }
}
