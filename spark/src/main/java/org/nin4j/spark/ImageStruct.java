package org.nin4j.spark;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.Serializable;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.nin4j.data.DecodedImage;

/**
 * Spark's image struct: rows of pixels, each of whose samples are in OpenCV's order: grey, or blue,
 * green, red, or blue, green, red, alpha.
 */
final class ImageStruct implements Serializable {
  private static final long serialVersionUID = 1L;

  // OpenCV's types, as ImageSchema.ocvTypes() has them.
  private static final int GREY = 0; // CV_8UC1
  private static final int BGR = 16; // CV_8UC3
  private static final int BGRA = 24; // CV_8UC4
  private static final int UNDEFINED = -1;

  private final StructType type;
  private final int origin;
  private final int height;
  private final int width;
  private final int channels;
  private final int mode;
  private final int data;

  /** The fields are found by their names. */
  ImageStruct(StructType type) {
    this.type = type;
    origin = type.fieldIndex("origin");
    height = type.fieldIndex("height");
    width = type.fieldIndex("width");
    channels = type.fieldIndex("nChannels");
    mode = type.fieldIndex("mode");
    data = type.fieldIndex("data");
  }

  StructType type() {
    return type;
  }

  /** Returns where an image comes from, or null. */
  String origin(Row image) {
    return image.isNullAt(origin) ? null : image.getString(origin);
  }

  /**
   * Converts an image.
   *
   * @throws IllegalArgumentException when it is not an image; the message is a sentence without its
   *     subject
   */
  DecodedImage decode(Row image, int targetChannels) {
    for (int field : new int[] {height, width, channels, mode, data}) {
      if (image.isNullAt(field)) {
        throw new IllegalArgumentException("has no " + type.fields()[field].name());
      }
    }
    return DecodedImage.of(
        picture(
            image.getInt(height),
            image.getInt(width),
            image.getInt(channels),
            image.getInt(mode),
            image.getAs(data)),
        targetChannels);
  }

  private static BufferedImage picture(int height, int width, int samples, int mode, byte[] data) {
    if (mode == UNDEFINED) {
      throw new IllegalArgumentException("could not be decoded by Spark (its mode is -1)");
    }
    if (samples != samples(mode)) {
      throw new IllegalArgumentException(
          "has nChannels " + samples + ", which does not fit mode " + mode);
    }
    if (height < 1 || width < 1 || data.length != (long) height * width * samples) {
      throw new IllegalArgumentException(
          "has "
              + data.length
              + " bytes, which are not "
              + height
              + " rows of "
              + width
              + " pixels of "
              + samples
              + (samples == 1 ? " byte" : " bytes"));
    }
    var raster =
        Raster.createInterleavedRaster(
            new DataBufferByte(data, data.length),
            width,
            height,
            width * samples,
            samples,
            offsets(samples),
            null);
    return new BufferedImage(colours(samples), raster, false, null);
  }

  private static int samples(int mode) {
    return switch (mode) {
      case GREY -> 1;
      case BGR -> 3;
      case BGRA -> 4;
      default ->
          throw new IllegalArgumentException(
              "has mode " + mode + ", which is none of 0 (CV_8UC1), 16 (CV_8UC3) and 24 (CV_8UC4)");
    };
  }

  /** Where a pixel has its grey, or its red, green, blue and alpha. */
  private static int[] offsets(int samples) {
    return switch (samples) {
      case 1 -> new int[] {0};
      case 3 -> new int[] {2, 1, 0};
      default -> new int[] {2, 1, 0, 3};
    };
  }

  private static ComponentColorModel colours(int samples) {
    boolean alpha = samples == 4;
    return new ComponentColorModel(
        ColorSpace.getInstance(samples == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
        alpha,
        false,
        alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE,
        DataBuffer.TYPE_BYTE);
  }
}
