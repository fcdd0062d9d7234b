package org.nin4j.cli;

import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.tracking.picture.Pictures;
import org.nin4j.tracking.picture.Png;
import org.nin4j.tracking.picture.Thumbnail;

/** Writes images of a data set to one PNG file, ten in a row. */
final class ContactSheet {
  private static final int PER_ROW = 10;
  private static final int GAP = 2;

  /** Images with more rows or columns are drawn smaller. */
  private static final int LONGEST_SIDE = 128;

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
    BufferedImage sheet = Pictures.white(columns * stepX + GAP, rows * stepY + GAP);
    Graphics2D graphics = sheet.createGraphics();
    for (int i = 0; i < count; i++) {
      int left = GAP + i % PER_ROW * stepX;
      int top = GAP + i / PER_ROW * stepY;
      graphics.drawImage(Pictures.of(images.get(i)), left, top, null);
    }
    graphics.dispose();
    return sheet;
  }
}
