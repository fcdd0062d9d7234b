package org.nin4j.cli;

import java.io.PrintWriter;
import java.util.List;
import org.nin4j.data.ImageDataset;
import org.nin4j.tracking.picture.Thumbnail;

/**
 * Draws images in a terminal with half blocks, so that each character shows two pixels: the upper
 * one as foreground and the lower one as background. Without colours, only bright pixels are drawn.
 */
final class BlockArt {
  private static final int SCREEN_COLUMNS = 80;
  private static final int GAP = 2;

  /** Images with more rows or columns are drawn smaller. */
  private static final int LONGEST_SIDE = 64;

  private static final int BRIGHT = 96;

  /** The first of the 24 greys of the 256-colour palette. */
  private static final int DARKEST_GREY = 232;

  private final PrintWriter out;
  private final boolean colour;

  BlockArt(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** Draws the first images of a data set, each below the name of its class. */
  void print(ImageDataset dataset, int count) {
    List<GreyImage> images =
        Thumbnail.first(dataset, count, LONGEST_SIDE).stream().map(GreyImage::new).toList();
    int width = images.stream().mapToInt(GreyImage::width).max().orElse(1);
    int perRow = Math.max(1, (SCREEN_COLUMNS + GAP) / (width + GAP));
    for (int first = 0; first < count; first += perRow) {
      int end = Math.min(first + perRow, count);
      out.println();
      for (int i = first; i < end; i++) {
        out.print(padded(dataset.classes().get(dataset.label(i)), width));
      }
      out.println();
      List<GreyImage> row = images.subList(first, end);
      int height = row.stream().mapToInt(GreyImage::height).max().orElse(0);
      for (int y = 0; y < height; y += 2) {
        printLine(row, y, width);
      }
    }
  }

  /**
   * Prints one line of a row of images.
   *
   * @param width number of columns for each image
   */
  private void printLine(List<GreyImage> row, int y, int width) {
    for (GreyImage image : row) {
      int drawn = y < image.height() ? image.width() : 0;
      for (int x = 0; x < drawn; x++) {
        out.print(cell(image.at(y, x), image.at(y + 1, x)));
      }
      out.print(colour ? "\u001b[0m" : "");
      out.print(" ".repeat(width - drawn + GAP));
    }
    out.println();
  }

  private String cell(int upper, int lower) {
    if (colour) {
      return "\u001b[38;5;" + grey(upper) + ";48;5;" + grey(lower) + "m\u2580";
    }
    if (upper >= BRIGHT) {
      return lower >= BRIGHT ? "\u2588" : "\u2580";
    }
    return lower >= BRIGHT ? "\u2584" : " ";
  }

  private static int grey(int value) {
    return DARKEST_GREY + value * 24 / 256;
  }

  private static String padded(String label, int width) {
    String cut = label.length() > width ? label.substring(0, width) : label;
    return cut + " ".repeat(width + GAP - cut.length());
  }
}
