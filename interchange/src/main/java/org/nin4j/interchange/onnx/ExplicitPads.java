package org.nin4j.interchange.onnx;

/** Zeros that a Pad node adds around an image, in pixels. */
record ExplicitPads(int top, int left, int bottom, int right) {
  static final ExplicitPads NONE = new ExplicitPads(0, 0, 0, 0);

  /**
   * @param axis 0 for rows, 1 for columns
   */
  int begin(int axis) {
    return axis == 0 ? top : left;
  }

  int end(int axis) {
    return axis == 0 ? bottom : right;
  }

  boolean isNone() {
    return equals(NONE);
  }
}
