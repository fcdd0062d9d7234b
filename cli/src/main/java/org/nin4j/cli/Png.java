package org.nin4j.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.nin4j.internal.AtomicFile;

/** Writes pictures as PNG files. */
final class Png {
  private Png() {}

  /**
   * Writes a picture, or replaces the file in one step.
   *
   * @throws IOException when the file cannot be written; the message starts with its path
   */
  static void write(BufferedImage picture, Path file) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(picture, "png", out);
    }
    AtomicFile.write(file, bytes::writeTo);
  }
}
