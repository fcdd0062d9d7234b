package org.nin4j.internal.json;

import java.util.List;

/**
 * A list of numbers, nested or not, as {@link Json#request} reads it: without an object for each.
 */
public final class JsonTensor {
  private final float[] values;
  private final int count;
  private final List<Integer> dims;
  private final int firstFraction;

  /**
   * @param firstFraction index of the first number with a fraction or an exponent; the count when
   *     there is none
   */
  JsonTensor(float[] values, int count, List<Integer> dims, int firstFraction) {
    this.values = values;
    this.count = count;
    this.dims = List.copyOf(dims);
    this.firstFraction = firstFraction;
  }

  /** The numbers, finite, in the order of the text; the array may be longer. Not copied. */
  public float[] values() {
    return values;
  }

  /** How many numbers there are. */
  public int count() {
    return count;
  }

  /** The lengths of the lists, the outermost first; one for a list that is not nested. */
  public List<Integer> dims() {
    return dims;
  }

  /**
   * Returns the numbers as unsigned bytes.
   *
   * @return one for each number; null when {@link #firstNoByte} finds one that is none
   */
  public byte[] bytes() {
    if (firstNoByte() < count) {
      return null;
    }
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (int) values[i];
    }
    return bytes;
  }

  /**
   * Finds what is not a whole number from 0 to 255, written without fraction or exponent.
   *
   * @return the index of the first such number; the count when there is none
   */
  public int firstNoByte() {
    for (int i = 0; i < firstFraction; i++) {
      if (values[i] < 0 || values[i] > 255) {
        return i;
      }
    }
    return firstFraction;
  }

  @Override
  public String toString() {
    return "a list of " + count + " numbers";
  }
}
