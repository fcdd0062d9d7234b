package org.nin4j.bench;

import org.nin4j.nn.Networks;

/**
 * A preset and the size of its images.
 *
 * @param size height and width, in pixels
 */
record NetworkAtSize(String network, int size) {
  /**
   * Reads {@code nin@224}.
   *
   * @throws IllegalArgumentException when it is something else
   */
  static NetworkAtSize parse(String text) {
    int at = text.indexOf('@');
    if (at < 0 || !text.substring(at + 1).matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException("'" + text + "' needs a name and a size, as in nin@224");
    }
    return new NetworkAtSize(
        Networks.named(text.substring(0, at)).presetName(),
        Integer.parseInt(text.substring(at + 1)));
  }
}
