package org.nin4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.FileErrors;

/**
 * Reads PNG, JPEG, BMP, GIF and TIFF files, and WebP files if an ImageIO plugin for them is on the
 * class path, such as {@code com.twelvemonkeys.imageio:imageio-webp}. Of an animation the first
 * frame is read. JPEG, TIFF, PNG and WebP images are rotated and mirrored according to their
 * orientation tag. Files that were made to take far more time or memory than their pixels do are
 * refused.
 */
public final class ImageFiles {
  /** Three bytes for each pixel must fit into an array. */
  private static final long LARGEST_LIMIT = 700_000_000;

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
    PixelLayout.requireChannels(channels);
    FileErrors.requireRegularFile(file);
    try (InputStream in = FileErrors.open(file)) {
      return EncodedImage.read(ImageOrigin.of(file), in, Files.size(file))
          .decode(channels, PixelLayout.MAX_PIXELS);
    }
  }

  /**
   * Decodes an image from a stream, as {@link #read(Path, int)} does from a file. Messages call it
   * "the stream".
   *
   * @param in the bytes of an image file; they are read to their end, and the stream is not closed
   * @param channels 1 for grey, 3 for red, green, blue
   * @return the image
   * @throws InvalidFileException if it is not an image, is damaged, or declares more than 64
   *     million pixels
   * @throws IOException if the stream cannot be read
   * @throws IllegalArgumentException if there are neither 1 nor 3 channels
   */
  public static DecodedImage read(InputStream in, int channels) throws IOException {
    PixelLayout.requireChannels(channels);
    return EncodedImage.read(ImageOrigin.STREAM, in, 0).decode(channels, PixelLayout.MAX_PIXELS);
  }

  /**
   * Decodes an image in memory, as {@link #read(Path, int)} does from a file, within a limit of the
   * caller's. Messages call it "the image".
   *
   * @param content the bytes of an image file; not copied
   * @param channels 1 for grey, 3 for red, green, blue
   * @param maxPixels the largest number of pixels, 1 to 700 million, which is checked before memory
   *     is allocated for them
   * @return the image
   * @throws InvalidFileException if it is not an image, is damaged, or declares more pixels
   * @throws IOException if Java's memory does not suffice
   * @throws IllegalArgumentException if there are neither 1 nor 3 channels, or the limit is none
   */
  public static DecodedImage read(byte[] content, int channels, long maxPixels) throws IOException {
    PixelLayout.requireChannels(channels);
    if (maxPixels < 1 || maxPixels > LARGEST_LIMIT) {
      throw new IllegalArgumentException(
          "an image may have 1 to 700 million pixels, but the limit is " + maxPixels);
    }
    return new EncodedImage(ImageOrigin.MEMORY, content).decode(channels, maxPixels);
  }

  /**
   * Reads what an image file says of its image, without decoding it. Messages call it "the image".
   *
   * @param content the bytes of an image file; not copied
   * @return the size of the image, and what it takes to decode it
   * @throws InvalidFileException if it is not an image, or its header is damaged
   * @throws IOException if Java's memory does not suffice
   */
  public static ImageHeader header(byte[] content) throws IOException {
    return new EncodedImage(ImageOrigin.MEMORY, content).header();
  }

  /**
   * Returns the size of the upright image. Complete PNG files, and complete JPEG files that are not
   * small, are recognised without decoding them; other files are decoded. Damage within a large
   * JPEG file is not found.
   *
   * @param content the content of the file
   * @throws IOException as {@link #read(Path, int)} does
   */
  static ImageSize size(Path file, byte[] content) throws IOException {
    return new EncodedImage(ImageOrigin.of(file), content).size();
  }
}
