package org.nin4j.data;

/**
 * Rotates and scales an image about its centre and shifts it, as torchvision's {@code RandomAffine}
 * does with bilinear interpolation and black fill. With a scale of 1 and no translation it is
 * torchvision's {@code RandomRotation}. Draws four random numbers: the angle, the shifts to the
 * right and down, and the scale.
 *
 * @param degrees largest rotation in either direction, in degrees, 0 to 180
 * @param translate largest shift in each direction, as a fraction of the image's width and height,
 *     0 to 1; shifts are rounded to whole pixels
 * @param scale the scale factors; above 1 the content is enlarged
 */
public record RandomAffine(double degrees, double translate, Range scale) implements Augmentation {
  /**
   * Checks the values.
   *
   * @param degrees largest rotation in either direction, in degrees, 0 to 180
   * @param translate largest shift in each direction, as a fraction of the image's width and
   *     height, 0 to 1
   * @param scale the scale factors
   * @throws IllegalArgumentException if the angle is not from 0 to 180, or the translation is not
   *     from 0 to 1
   */
  public RandomAffine {
    if (!(degrees >= 0 && degrees <= 180)) {
      throw new IllegalArgumentException(
          "the angle of RandomAffine must be from 0 to 180 degrees, but is " + degrees);
    }
    if (!(translate >= 0 && translate <= 1)) {
      throw new IllegalArgumentException(
          "the translation of RandomAffine must be from 0 to 1, but is " + translate);
    }
  }

  /**
   * Creates a step that only rotates.
   *
   * @param degrees largest rotation in either direction, in degrees, 0 to 180
   * @return a step without translation, and with a scale of 1
   * @throws IllegalArgumentException if the angle is not from 0 to 180
   */
  public static RandomAffine rotation(double degrees) {
    return new RandomAffine(degrees, 0, new Range(1, 1));
  }

  @Override
  public void apply(ImageBuffer image, ImageVisit visit) {
    double angle = StrictMath.toRadians(visit.uniform(-degrees, degrees));
    double mostRight = translate * image.width();
    double mostDown = translate * image.height();
    double right = Math.rint(visit.uniform(-mostRight, mostRight));
    double down = Math.rint(visit.uniform(-mostDown, mostDown));
    transform(image, angle, right, down, visit.uniform(scale.min(), scale.max()));
  }

  /** Maps each output pixel back to the source by the inverse transformation. */
  private static void transform(
      ImageBuffer image, double angle, double right, double down, double factor) {
    int height = image.height();
    int width = image.width();
    double cos = StrictMath.cos(angle) / factor;
    double sin = StrictMath.sin(angle) / factor;
    double centreX = (width - 1) / 2.0;
    double centreY = (height - 1) / 2.0;
    byte[] target = image.spare(image.channels() * height * width);
    for (int y = 0; y < height; y++) {
      double v = y - centreY - down;
      for (int x = 0; x < width; x++) {
        double u = x - centreX - right;
        double sourceX = cos * u + sin * v + centreX;
        double sourceY = -sin * u + cos * v + centreY;
        interpolate(image, sourceY, sourceX, target, y * width + x);
      }
    }
    image.replace(height, width);
  }

  private static void interpolate(
      ImageBuffer image, double y, double x, byte[] target, int offset) {
    int area = image.height() * image.width();
    int top = (int) Math.floor(y);
    int left = (int) Math.floor(x);
    double below = y - top;
    double after = x - left;
    for (int c = 0; c < image.channels(); c++) {
      double upper =
          (1 - after) * pixel(image, c, top, left) + after * pixel(image, c, top, left + 1);
      double lower =
          (1 - after) * pixel(image, c, top + 1, left) + after * pixel(image, c, top + 1, left + 1);
      target[c * area + offset] = (byte) (int) ((1 - below) * upper + below * lower + 0.5);
    }
  }

  private static int pixel(ImageBuffer image, int channel, int y, int x) {
    if (y < 0 || y >= image.height() || x < 0 || x >= image.width()) {
      return 0;
    }
    return image.pixels()[(channel * image.height() + y) * image.width() + x] & 0xFF;
  }
}
