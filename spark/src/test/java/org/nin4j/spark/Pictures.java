package org.nin4j.spark;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.ImageIO;
import org.apache.spark.ml.image.ImageSchema$;
import org.apache.spark.sql.Row;

/** Pictures of random pixels, as the bytes of files and as Spark's structs of them. */
final class Pictures {
  private Pictures() {}

  /**
   * Returns a PNG file.
   *
   * @param type of {@link BufferedImage}
   * @param seed of its pixels
   */
  static byte[] png(int type, int height, int width, int seed) {
    return file("png", type, height, width, seed);
  }

  /** Returns a JPEG file of a colour picture. */
  static byte[] jpeg(int height, int width, int seed) {
    return file("jpg", BufferedImage.TYPE_3BYTE_BGR, height, width, seed);
  }

  private static byte[] file(String format, int type, int height, int width, int seed) {
    Random random = new Random(seed);
    BufferedImage picture = new BufferedImage(width, height, type);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        picture.setRGB(x, y, random.nextInt());
      }
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(picture, format, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Returns the struct that {@code spark.read().format("image")} makes of a file. */
  static Row struct(String origin, byte[] file) {
    return ImageSchema$.MODULE$.decode(origin, file).get().getStruct(0);
  }
}
