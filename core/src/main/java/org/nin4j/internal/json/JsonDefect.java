package org.nin4j.internal.json;

/** What is wrong at the parser's current token; its path is yet to be told. */
final class JsonDefect extends Exception {
  private static final long serialVersionUID = 1;

  /**
   * @param complaint what follows the path, such as " must be a number"
   */
  JsonDefect(String complaint) {
    super(complaint);
  }
}
