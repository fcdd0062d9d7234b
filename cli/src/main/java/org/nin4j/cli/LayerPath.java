package org.nin4j.cli;

/**
 * The path of a layer or block in a network, such as {@code 0} or {@code 3.4}. In a run file it may
 * look like a number.
 *
 * @param path the path as it was written
 */
record LayerPath(String path) {
  @Override
  public String toString() {
    return path;
  }
}
