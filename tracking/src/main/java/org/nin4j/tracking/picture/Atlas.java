package org.nin4j.tracking.picture;

import java.awt.image.BufferedImage;
import org.nin4j.explain.FeatureMaps;

/**
 * Draws the feature maps of a layer side by side, all in the same scale of colours, which is drawn
 * beside them with its numbers.
 */
public final class Atlas {
  private static final int SIDE = 48;
  private static final int GAP = 2;
  private static final int SHORTEST_SCALE = 60;

  private Atlas() {}

  /**
   * Draws feature maps.
   *
   * @param maps the output of a layer for one image
   * @return an RGB picture: the maps in the order of their channels in about as many rows as
   *     columns. Maps with less than 48 rows and columns are enlarged by a whole factor
   */
  public static BufferedImage of(FeatureMaps maps) {
    int height = maps.grid().height();
    int width = maps.grid().width();
    int factor = Math.max(1, SIDE / Math.max(height, width));
    int columns = (int) Math.ceil(Math.sqrt(maps.channels()));
    int rows = (maps.channels() - 1) / columns + 1;
    int stepY = factor * height + GAP;
    int stepX = factor * width + GAP;
    int sheetHeight = Math.max(rows * stepY + GAP, SHORTEST_SCALE);
    BufferedImage sheet = Pictures.white(columns * stepX + 3 * GAP + HeatScale.WIDTH, sheetHeight);
    HeatScale scale = HeatScale.of(maps.values());
    for (int c = 0; c < maps.channels(); c++) {
      int top = GAP + c / columns * stepY;
      int left = GAP + c % columns * stepX;
      for (int p = 0; p < factor * height * factor * width; p++) {
        int y = p / (factor * width);
        int x = p % (factor * width);
        float value = maps.values()[(c * height + y / factor) * width + x / factor];
        sheet.setRGB(left + x, top + y, scale.rgb(value));
      }
    }
    scale.draw(sheet, columns * stepX + 3 * GAP, GAP, sheetHeight - 2 * GAP);
    return sheet;
  }
}
