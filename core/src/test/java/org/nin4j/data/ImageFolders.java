package org.nin4j.data;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Small folders of images to open. */
final class ImageFolders {
  private ImageFolders() {}

  /** Writes an image of one colour, 6 rows of 4 pixels. */
  static Path image(Path file, int rgb) throws IOException {
    Files.createDirectories(file.getParent());
    String name = file.getFileName().toString();
    return Files.write(file, bytes(rgb, name.substring(name.lastIndexOf('.') + 1)));
  }

  static byte[] bytes(int rgb, String format) throws IOException {
    BufferedImage image = new BufferedImage(4, 6, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 24; i++) {
      image.setRGB(i % 4, i / 4, rgb);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageIO.write(image, format, out);
    }
    return bytes.toByteArray();
  }

  /** Writes 0.png, 1.png and so on, whose colours are determined by their numbers. */
  static Path classFolder(Path folder, int images) throws IOException {
    for (int i = 0; i < images; i++) {
      image(folder.resolve(i + ".png"), 0x010101 * i);
    }
    return folder;
  }
}
