package org.nin4j.interchange.caffe;

/** A text that is not in protobuf's text format. */
final class PrototxtException extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param line from 1
   * @param column in characters, from 1
   * @param complaint what is wrong there
   */
  PrototxtException(int line, int column, String complaint) {
    super("line " + line + ", column " + column + ": " + complaint);
  }
}
