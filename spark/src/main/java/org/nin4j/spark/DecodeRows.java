package org.nin4j.spark;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.nin4j.data.DecodedImage;

/**
 * Decodes the images of a partition, whose rows are in the order of their ids. What is wrong with a
 * row comes in the place of its image, because a task that fails is tried again.
 *
 * @param image the column of the images
 * @param labels the column of the labels
 * @param label index of the column of labels
 * @param test index of the Boolean column that is true for images to test on
 * @param id index of the column of ids; -1 for none
 * @param idName what messages call that column
 * @param channels 1 or 3; 0 to find out
 */
record DecodeRows(
    ImageColumn image, LabelColumn labels, int label, int test, int id, String idName, int channels)
    implements FlatMapFunction<Iterator<Row>, byte[]> {
  @Override
  public Iterator<byte[]> call(Iterator<Row> rows) {
    return new Iterator<>() {
      private Object last;

      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public byte[] next() {
        Row row = rows.next();
        if (id >= 0) {
          Object current = row.get(id);
          if (current == null) {
            return PackedImage.defect(
                PackedImage.DEFECT, "an id in column '" + idName + "' is null");
          }
          if (current.equals(last)) {
            return PackedImage.defect(
                PackedImage.DEFECT,
                "the id " + current + " in column '" + idName + "' is that of several rows");
          }
          last = current;
        }
        return pack(row);
      }
    };
  }

  private byte[] pack(Row row) {
    try {
      int index = labels.index(row.get(label));
      int part = row.getBoolean(test) ? PackedImage.TEST : PackedImage.TRAIN;
      DecodedImage decoded = image.decode(row, channels == 0 ? 3 : channels);
      return PackedImage.pack(part, index, channels == 0 ? grey(decoded) : decoded);
    } catch (InvalidImageException e) {
      return PackedImage.defect(PackedImage.UNDECODABLE, e.getMessage());
    } catch (IllegalArgumentException e) {
      return PackedImage.defect(PackedImage.DEFECT, e.getMessage());
    }
  }

  /** Returns an image of one channel if all channels are the same. */
  private static DecodedImage grey(DecodedImage image) {
    byte[] pixels = image.pixels();
    int area = pixels.length / 3;
    boolean same =
        Arrays.equals(pixels, 0, area, pixels, area, 2 * area)
            && Arrays.equals(pixels, 0, area, pixels, 2 * area, 3 * area);
    return same
        ? new DecodedImage(1, image.height(), image.width(), Arrays.copyOf(pixels, area))
        : image;
  }
}
