package org.nin4j.interchange.onnx;

import java.util.List;
import org.nin4j.error.InvalidFileException;
import org.nin4j.nn.Shape;

/**
 * Windows along one axis of an image, as ONNX describes them: window i starts at i * stride - begin
 * and ends with its kernel. Padding may differ at the two ends.
 *
 * @param in extent of the image in pixels
 * @param kernel extent of a window
 * @param stride from one window to the next
 * @param begin padding before the image
 * @param end padding behind it
 * @param ceilMode whether a last window may reach beyond the padding
 */
record WindowAxis(int in, int kernel, int stride, int begin, int end, boolean ceilMode) {
  /** No image and no window is larger. */
  static final int LARGEST = 1 << 16;

  /**
   * Resolves the attributes strides, dilations, auto_pad and pads.
   *
   * @param axis 0 for rows, 1 for columns
   * @param image (1, C, H, W)
   * @param zeros that were added to the image, and count as its pixels
   */
  static WindowAxis of(
      OnnxNode node, int axis, Shape image, ExplicitPads zeros, long kernel, boolean ceilMode)
      throws InvalidFileException {
    long in = (long) image.dim(2 + axis) + zeros.begin(axis) + zeros.end(axis);
    WindowAxis found = of(node, axis, in, kernel, ceilMode);
    if (found.windows() < 1) {
      throw node.invalid("has a kernel of " + kernel + " pixels, which does not fit into " + in);
    }
    return found;
  }

  private static WindowAxis of(OnnxNode node, int axis, long in, long kernel, boolean ceilMode)
      throws InvalidFileException {
    long stride = at(node, "strides", 2, axis, 1);
    if (at(node, "dilations", 2, axis, 1) != 1 && kernel != 1) {
      throw node.invalid("has dilations, which are not supported");
    }
    requireInRange(node, in, kernel, stride);
    String auto = node.text("auto_pad", "NOTSET");
    long begin = 0;
    long end = 0;
    boolean ceil = ceilMode;
    switch (auto) {
      case "NOTSET" -> {
        begin = at(node, "pads", 4, axis, 0);
        end = at(node, "pads", 4, axis + 2, 0);
      }
      case "VALID" -> {}
      case "SAME_UPPER", "SAME_LOWER" -> {
        long windows = -Math.floorDiv(-in, stride);
        long pads = Math.max((windows - 1) * stride + kernel - in, 0);
        begin = auto.equals("SAME_UPPER") ? pads / 2 : pads - pads / 2;
        end = pads - begin;
        ceil = false;
      }
      default -> throw node.invalid("has an auto_pad that ONNX does not have");
    }
    requireInRange(node, in, kernel, stride, begin + 1, end + 1);
    return new WindowAxis((int) in, (int) kernel, (int) stride, (int) begin, (int) end, ceil);
  }

  private static void requireInRange(OnnxNode node, long... extents) throws InvalidFileException {
    for (long extent : extents) {
      if (extent < 1 || extent > LARGEST) {
        throw node.invalid(
            "has a kernel, stride, padding or image whose extent is negative, 0 or more than "
                + LARGEST
                + " pixels");
      }
    }
  }

  private static long at(OnnxNode node, String name, int length, int index, long otherwise)
      throws InvalidFileException {
    List<Long> values = node.integers(name).orElse(List.of());
    if (values.isEmpty()) {
      return otherwise;
    }
    if (values.size() != length) {
      throw node.invalid(
          "has " + values.size() + " " + name + ", and images need " + length + " of them");
    }
    return values.get(index);
  }

  /**
   * The number of windows. In ceil mode one that would start in the padding behind the image is
   * dropped, as ONNX says since operator set 22 and runtimes did before.
   *
   * @return 0 or less when no window fits
   */
  int windows() {
    int span = in + begin + end - kernel;
    int count = Math.floorDiv(ceilMode ? span + stride - 1 : span, stride) + 1;
    return ceilMode && (count - 1L) * stride >= in + begin ? count - 1 : count;
  }

  /** The same windows, of an image to which zeros were added. */
  WindowAxis withoutZeros(int before, int behind) {
    return new WindowAxis(
        in - before - behind, kernel, stride, begin + before, end + behind, ceilMode);
  }
}
