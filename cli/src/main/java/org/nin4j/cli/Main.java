package org.nin4j.cli;

import picocli.CommandLine;

/** Entry point of {@code nin}. */
public final class Main {
  private Main() {}

  public static void main(String[] args) {
    System.exit(run(args));
  }

  /** Runs one command and returns its exit code: 0 success, 1 failure, 2 wrong usage. */
  static int run(String... args) {
    return commandLine().execute(args);
  }

  static CommandLine commandLine() {
    return new CommandLine(new NinCommand())
        .setColorScheme(CommandLine.Help.defaultColorScheme(Terminal.ansi()))
        .setUsageHelpWidth(100)
        .setUsageHelpLongOptionsMaxWidth(32)
        .setParameterExceptionHandler(Failures::wrongUsage)
        .setExecutionExceptionHandler(Failures::failed);
  }
}
