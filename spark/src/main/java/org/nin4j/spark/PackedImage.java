package org.nin4j.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageSize;

/**
 * A labelled image as an array of bytes, which every serializer of Spark knows how to write: part,
 * label, channels, height and width as 32-bit numbers, then the pixels, (C, H, W).
 */
final class PackedImage {
  /** The parts of the prepared images. */
  static final int TRAIN = 0;

  static final int TEST = 1;

  /** In the place of the part: no image, but a sentence that says what is wrong with the row. */
  static final int DEFECT = -1;

  /** The same of a row whose image cannot be decoded. */
  static final int UNDECODABLE = -2;

  private static final int HEADER = 5 * Integer.BYTES;

  private PackedImage() {}

  static byte[] pack(int part, int label, DecodedImage image) {
    return ByteBuffer.allocate(HEADER + image.pixels().length)
        .putInt(part)
        .putInt(label)
        .putInt(image.channels())
        .putInt(image.height())
        .putInt(image.width())
        .put(image.pixels())
        .array();
  }

  /** Returns what is in the place of an image that there is not. */
  static byte[] defect(int kind, String sentence) {
    byte[] text = sentence.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(Integer.BYTES + text.length).putInt(kind).put(text).array();
  }

  /** Returns the sentence of a defect. */
  static String sentence(byte[] defect) {
    return new String(defect, Integer.BYTES, defect.length - Integer.BYTES, StandardCharsets.UTF_8);
  }

  static int part(byte[] packed) {
    return field(packed, 0);
  }

  static int label(byte[] packed) {
    return field(packed, 1);
  }

  static int channels(byte[] packed) {
    return field(packed, 2);
  }

  static ImageSize size(byte[] packed) {
    return new ImageSize(field(packed, 3), field(packed, 4));
  }

  /**
   * Returns the image.
   *
   * @param channels the channels of the data set: those of the image, or 3 if that is grey
   */
  static DecodedImage image(byte[] packed, int channels) {
    int stored = channels(packed);
    ImageSize size = size(packed);
    int area = packed.length - HEADER;
    byte[] pixels = new byte[area / stored * channels];
    for (int at = 0; at < pixels.length; at += area) {
      System.arraycopy(packed, HEADER, pixels, at, area);
    }
    return new DecodedImage(channels, size.height(), size.width(), pixels);
  }

  private static int field(byte[] packed, int index) {
    return ByteBuffer.wrap(packed).getInt(index * Integer.BYTES);
  }
}
