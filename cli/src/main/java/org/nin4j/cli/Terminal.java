package org.nin4j.cli;

import java.io.Console;
import picocli.CommandLine.Help.Ansi;

/** Whether a person is watching. */
final class Terminal {
  private Terminal() {}

  /** Whether input and output are both a terminal, and one whose cursor can be moved. */
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

  /** Colour for a person only, and not for one who has set NO_COLOR. */
  static Ansi ansi() {
    return isInteractive() ? Ansi.AUTO : Ansi.OFF;
  }
}
