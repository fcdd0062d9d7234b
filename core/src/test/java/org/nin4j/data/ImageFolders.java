package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
    return ImageBytes.encode(image, format);
  }

  /** Writes 0.png, 1.png and so on, whose colours are determined by their numbers. */
  static Path classFolder(Path folder, int images) throws IOException {
    for (int i = 0; i < images; i++) {
      image(folder.resolve(i + ".png"), 0x010101 * i);
    }
    return folder;
  }

  /** Opens a folder, with a cache beside it. */
  static DatasetSplits open(Path folder, DataOptions options) throws IOException {
    return Datasets.open(
        folder.toString(), options, folder.resolveSibling("cache"), InspectionListener.NONE);
  }

  /** What is said of a folder that is not opened. */
  static String complaint(Path folder, DataOptions options) {
    return assertThrows(IOException.class, () -> open(folder, options)).getMessage();
  }
}
