package org.nin4j.cli;

import java.io.Console;
import picocli.CommandLine.Help.Ansi;

/** Finds out about the terminal. */
final class Terminal {
  private Terminal() {}

  /** Returns whether input and output are a terminal whose cursor can be moved. */
  @SuppressWarnings("SystemConsoleNull") // null before Java 22; after it, isTerminal is asked
  static boolean isInteractive() {
    Console console = System.console();
    if (console == null || "dumb".equals(System.getenv("TERM"))) {
      return false;
    }
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Returns whether to use colours: on a terminal, unless NO_COLOR is set. */
  static Ansi ansi() {
    return isInteractive() ? Ansi.AUTO : Ansi.OFF;
  }
}
