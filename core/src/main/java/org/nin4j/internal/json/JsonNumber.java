package org.nin4j.internal.json;

/**
 * A number as its digits, so that a float is rounded once and minus zero keeps its sign.
 *
 * @param digits what the text says
 * @param whole whether it has neither fraction nor exponent
 */
record JsonNumber(String digits, boolean whole) {
  @Override
  public String toString() {
    return digits;
  }
}
