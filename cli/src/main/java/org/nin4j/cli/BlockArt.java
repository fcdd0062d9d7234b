package org.nin4j.cli;

import java.io.PrintWriter;
import org.nin4j.data.ImageDataset;

/**
 * Draws images in a terminal, two pixels to a character: the upper half block in the colour of the
 * upper one, on the colour of the lower. Without colours, a half is drawn where a pixel is bright.
 */
final class BlockArt {
  private static final int SCREEN_COLUMNS = 80;
  private static final int GAP = 2;
  private static final int BRIGHT = 96;

  /** The 24 greys of the 256-colour palette begin here. */
  private static final int DARKEST_GREY = 232;

  private final PrintWriter out;
  private final boolean colour;

  BlockArt(PrintWriter out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** The first images of a data set, each under the name of its class. */
  void print(ImageDataset dataset, int count) {
    int perRow = Math.max(1, (SCREEN_COLUMNS + GAP) / (dataset.width() + GAP));
    for (int first = 0; first < count; first += perRow) {
      int end = Math.min(first + perRow, count);
      out.println();
      for (int i = first; i < end; i++) {
        String label = dataset.classes().get(dataset.label(i));
        out.print(padded(label, dataset.width()));
      }
      out.println();
      for (int y = 0; y < dataset.height(); y += 2) {
        printLine(dataset, first, end, y);
      }
    }
  }

  private void printLine(ImageDataset dataset, int first, int end, int y) {
    for (int i = first; i < end; i++) {
      GreyImage image = GreyImage.of(dataset, i);
      for (int x = 0; x < dataset.width(); x++) {
        int lower = y + 1 < dataset.height() ? image.at(y + 1, x) : 0;
        out.print(cell(image.at(y, x), lower));
      }
      out.print(colour ? "\u001b[0m" : "");
      out.print(" ".repeat(GAP));
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
