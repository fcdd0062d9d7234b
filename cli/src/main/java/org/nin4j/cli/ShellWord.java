package org.nin4j.cli;

/** Words of a command to copy into a shell. */
final class ShellWord {
  private ShellWord() {}

  /** Returns the text as one word, in quotes if it needs them. */
  static String of(String text) {
    boolean plain = text.matches("[\\w./+:@%,=-]+");
    return plain ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
