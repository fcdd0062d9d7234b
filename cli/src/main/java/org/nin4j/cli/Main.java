package org.nin4j.cli;

import picocli.CommandLine;

/** Entry point of {@code nin}. */
public final class Main {
  /**
   * How what the library logs looks: a line on standard error, like all else that is said there.
   */
  private static final String LOG_FORMAT = "java.util.logging.SimpleFormatter.format";

  private Main() {}

  public static void main(String[] args) {
    if (System.getProperty(LOG_FORMAT) == null) {
      System.setProperty(LOG_FORMAT, "nin: %5$s%n");
    }
    int exitCode = run(commandLine(), args);
    if (System.out.checkError() && exitCode == 0) {
      System.err.println("nin: not everything could be written to the standard output");
      exitCode = 1;
    }
    System.exit(exitCode);
  }

  /** Runs one command and returns its exit code: 0 success, 1 failure, 2 wrong usage. */
  static int run(CommandLine command, String... args) {
    try {
      return command.execute(args);
    } catch (OutOfMemoryError | StackOverflowError | LinkageError e) {
      // Picocli hands on exceptions only; what has been saved is whole at any time.
      return Failures.failed(e, command, null);
    }
  }

  static CommandLine commandLine() {
    return OptionConverters.register(new CommandLine(new NinCommand()))
        .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.ansi()))
        .setExpandAtFiles(false)
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(32)
        .setParameterExceptionHandler(Failures::wrongUsage)
        .setExecutionExceptionHandler(Failures::failed);
  }
}
