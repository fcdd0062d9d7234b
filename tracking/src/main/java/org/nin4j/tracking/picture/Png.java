package org.nin4j.tracking.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.nin4j.internal.AtomicFile;

/** Encodes pictures in the PNG format. */
public final class Png {
  private Png() {}

  /**
   * Encodes a picture.
   *
   * @param picture the picture
   * @return the content of a PNG file
   */
  public static byte[] bytes(BufferedImage picture) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(picture, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException("a picture could not be encoded in memory", e);
    }
    return bytes.toByteArray();
  }

  /**
   * Writes a picture to a file, or replaces the file in one step.
   *
   * @param picture the picture
   * @param file the path of the PNG file
   * @throws IOException when the file cannot be written; the message starts with its path
   */
  public static void write(BufferedImage picture, Path file) throws IOException {
    byte[] bytes = bytes(picture);
    AtomicFile.write(file, out -> out.write(bytes));
  }
}
