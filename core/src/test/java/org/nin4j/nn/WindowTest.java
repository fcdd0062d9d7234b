package org.nin4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  @ParameterizedTest(name = "in {0}, kernel {1}, stride {2}, padding {3}: floor {4}, ceil {5}")
  @CsvSource({
    // worked out by hand; starts are counted from the first pixel of the padding
    "224, 11, 4, 0, 54, 55", // 213 / 4 = 53.25
    "54, 3, 2, 0, 26, 27", // 51 / 2 = 25.5; the last starts at 52
    "5, 2, 2, 0, 2, 3", // the last covers only pixel 4
    "7, 3, 2, 0, 3, 3", // exact: both agree
    "3, 2, 3, 0, 1, 1", // a second would start at 3, beyond the last pixel
    "3, 2, 2, 1, 2, 2", // a third would start at 4 = 3 + 1, in the right padding
    "5, 2, 3, 1, 2, 2", // a third would start at 6 = 5 + 1, in the right padding
    "6, 3, 4, 1, 2, 2", // 5 / 4: the second starts at 4 of 1 + 6 + 1
    "1, 3, 1, 1, 1, 1", // one pixel in the middle of its padding
    "2, 3, 1, 0, 0, 0", // does not fit
    "2, 3, 2, 0, 0, 1", // the only window hangs over the end by one pixel, less than a stride
    "1, 3, 2, 0, 0, 0" // it would hang over by a whole stride
  })
  void theExtentIsPyTorchs(int in, int kernel, int stride, int padding, int floor, int ceil) {
    assertEquals(floor, extent(in, kernel, stride, padding, false));
    assertEquals(ceil, extent(in, kernel, stride, padding, true));
  }

  @Test
  void theExtentIsTheNumberOfWindowsThatCanBeLaidOut() {
    int cases = 0;
    for (int in = 1; in <= 14; in++) {
      for (int kernel = 1; kernel <= 5; kernel++) {
        for (int stride = 1; stride <= 6; stride++) {
          for (int padding = 0; padding <= kernel / 2; padding++) {
            String what = in + " " + kernel + " " + stride + " " + padding;
            int whole = wholeWindows(in, kernel, stride, padding);
            assertEquals(whole, extent(in, kernel, stride, padding, false), what);
            int partial = leavesPixelsUncovered(in, kernel, stride, padding, whole) ? 1 : 0;
            assertEquals(whole + partial, extent(in, kernel, stride, padding, true), what);
            cases++;
          }
        }
      }
    }
    assertTrue(cases > 500);
  }

  private static long extent(int in, int kernel, int stride, int padding, boolean ceilMode) {
    return Math.max(0, Window.outputExtent(in, kernel, stride, padding, ceilMode));
  }

  private static int wholeWindows(int in, int kernel, int stride, int padding) {
    int count = 0;
    for (int start = -padding; start + kernel <= in + padding; start += stride) {
      count++;
    }
    return count;
  }

  /** Ceil mode adds a window where something is left over, unless it starts in the padding. */
  private static boolean leavesPixelsUncovered(
      int in, int kernel, int stride, int padding, int whole) {
    int next = whole * stride - padding;
    int end = (whole - 1) * stride - padding + kernel;
    return end < in + padding && next < in;
  }

  @Test
  void aMaxPoolInCeilModeDropsWindowsThatStartInThePadding() {
    MaxPool2d pool = new MaxPool2d(Size2d.of(2), Size2d.of(2), Size2d.of(1), true);
    assertEquals(Shape.of(1, 7, 2, 3), pool.outputShape(Shape.of(1, 7, 3, 4)));
  }

  @Test
  void heightAndWidthAreIndependent() {
    Conv2d conv = new Conv2d(3, 5, new Size2d(3, 1), new Size2d(2, 1), new Size2d(0, 2), true);
    assertEquals(Shape.of(2, 5, 3, 12), conv.outputShape(Shape.of(2, 3, 8, 8)));
  }

  @Test
  void enormousPaddingIsRefusedAndDoesNotWrapAround() {
    Conv2d conv = new Conv2d(1, 1, Size2d.of(1), Size2d.of(1), new Size2d(0, 2_000_000_000), true);
    assertThrows(ShapeException.class, () -> conv.outputShape(Shape.of(1, 1, 8, 8)));
  }
}
