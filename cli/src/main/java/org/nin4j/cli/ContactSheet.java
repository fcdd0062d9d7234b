package org.nin4j.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;

/** Writes images of a data set to one PNG file, ten in a row. */
final class ContactSheet {
  private static final int PER_ROW = 10;
  private static final int GAP = 2;

  /** Images with more rows or columns are drawn smaller. */
  private static final int LONGEST_SIDE = 128;

  private static final int WHITE = 0xFFFFFF;

  private ContactSheet() {}

  static void write(ImageDataset dataset, int count, Path file) throws IOException {
    Png.write(draw(dataset, count), file);
  }

  private static BufferedImage draw(ImageDataset dataset, int count) {
    List<DecodedImage> images = Thumbnail.first(dataset, count, LONGEST_SIDE);
    int columns = Math.max(1, Math.min(count, PER_ROW));
    int rows = Math.max(1, (count + PER_ROW - 1) / PER_ROW);
    int stepX = images.stream().mapToInt(DecodedImage::width).max().orElse(1) + GAP;
    int stepY = images.stream().mapToInt(DecodedImage::height).max().orElse(1) + GAP;
    BufferedImage sheet =
        new BufferedImage(columns * stepX + GAP, rows * stepY + GAP, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < sheet.getHeight(); y++) {
      for (int x = 0; x < sheet.getWidth(); x++) {
        sheet.setRGB(x, y, WHITE);
      }
    }
    for (int i = 0; i < count; i++) {
      draw(images.get(i), sheet, GAP + i % PER_ROW * stepX, GAP + i / PER_ROW * stepY);
    }
    return sheet;
  }

  private static void draw(DecodedImage image, BufferedImage sheet, int left, int top) {
    int area = image.height() * image.width();
    for (int p = 0; p < area; p++) {
      int x = left + p % image.width();
      sheet.setRGB(x, top + p / image.width(), rgb(image.pixels(), p, area));
    }
  }

  private static int rgb(byte[] pixels, int p, int area) {
    int green = pixels.length > area ? p + area : p;
    int blue = pixels.length > area ? p + 2 * area : p;
    return (pixels[p] & 0xFF) << 16 | (pixels[green] & 0xFF) << 8 | (pixels[blue] & 0xFF);
  }
}
