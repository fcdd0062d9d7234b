package org.nin4j.cli;

import picocli.CommandLine;

/** Entry point of {@code nin}. */
public final class Main {
  /** The format of what the library logs: a line on standard error, like other messages. */
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private Main() {}

  /**
   * Runs one command, and exits with its exit code.
   *
   * @param args the command and its arguments
   */
  public static void main(String[] args) {
    prepare();
    int exitCode = run(commandLine(), args);
    if (System.out.checkError() && exitCode == 0) {
      System.err.println("nin: cannot write to the standard output");
      exitCode = 1;
    }
    System.exit(exitCode);
  }

  /** Sets what the JDK reads when its logging or its graphics begin. */
  static void prepare() {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "nin: %5$s%n");
    }
    System.setProperty("java.awt.headless", "true"); // pictures are drawn without a display
  }

  /** Runs one command and returns its exit code: 0 success, 1 failure, 2 wrong usage. */
  static int run(CommandLine command, String... args) {
    try {
      return command.execute(args);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      // Picocli handles exceptions only. Files are written atomically, so none is damaged.
      return Failures.failed(e, command, null);
    }
  }

  static CommandLine commandLine() {
    return OptionConverters.register(new CommandLine(new NinCommand()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.ansi()))
        .setExpandAtFiles(false)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(32)
        .setParameterExceptionHandler(Failures::invalidUsage)
        .setExecutionExceptionHandler(Failures::failed);
  }
}
