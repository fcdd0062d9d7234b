package org.nin4j.interchange.caffe;

import java.util.List;
import org.nin4j.nn.Size2d;

/**
 * Sizes among a layer's parameters, checked.
 *
 * @param layer for messages
 * @param fields the message that holds them
 */
record LayerFields(CaffeLayer layer, CaffeMessage fields) {
  /** No kernel, stride, padding or image is larger. */
  private static final int MOST = 1 << 16;

  /** A whole number of at least {@code minimum}, or another one where it is not set. */
  int size(String name, int otherwise, int minimum) {
    return checked(name, fields.number(name, otherwise), minimum);
  }

  /**
   * A size that is written as one number for both sides, as two, or as one for each side.
   *
   * @param name the field of one number for both, such as {@code stride}
   * @param prefix of the fields of one number for each, such as {@code kernel}
   * @param otherwise what a side is where it is not set; below {@code minimum} if it must be set
   */
  Size2d sides(String name, String prefix, int otherwise, int minimum) {
    List<Long> both = fields.numbersOf(name);
    String rows = prefix + "_h";
    String columns = prefix + "_w";
    boolean apart = fields.has(rows) || fields.has(columns);
    if (both.isEmpty() && !apart && otherwise < minimum) {
      throw layer.defect("has no " + name);
    }
    if (apart) {
      if (!both.isEmpty()) {
        throw layer.defect("has both " + name + " and " + rows + " or " + columns);
      }
      return new Size2d(size(rows, otherwise, minimum), size(columns, otherwise, minimum));
    }
    if (both.size() > 2) {
      throw layer.defect(
          "has " + both.size() + " numbers as " + name + ", but images have 2 sides");
    }
    if (both.isEmpty()) {
      return Size2d.of(otherwise);
    }
    return new Size2d(
        checked(name, both.get(0), minimum), checked(name, both.get(both.size() - 1), minimum));
  }

  /** Refuses all values of a field but one. */
  void requireOnly(String name, long value) {
    for (long found : fields.numbersOf(name)) {
      if (found != value) {
        throw layer.defect("has " + name + " " + found + "; only " + value + " is supported");
      }
    }
  }

  private int checked(String name, long value, int minimum) {
    if (value < minimum || value > MOST) {
      throw layer.defect(
          "has " + name + " " + value + ", which must be from " + minimum + " to " + MOST);
    }
    return (int) value;
  }
}
