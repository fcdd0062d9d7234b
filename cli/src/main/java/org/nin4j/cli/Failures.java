package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.nin4j.engine.EngineException;
import org.nin4j.error.InvalidFileException;
import org.nin4j.error.InvalidModelException;
import org.nin4j.train.TrainingException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Reports errors and warnings on standard error, in one sentence each. */
final class Failures {
  private static final String STACKTRACE = "NIN_STACKTRACE";
  private static final String MODEL = "--model";

  private Failures() {}

  static int invalidUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("nin: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    if (e instanceof UnmatchedArgumentException unmatched) {
      nameTheOption(unmatched.getUnmatched().get(0), command);
    }
    hint(command);
    return command.getCommandSpec().exitCodeOnInvalidInput();
  }

  /** Many commands of other programs take a model without an option. */
  private static void nameTheOption(String argument, CommandLine command) {
    if (!argument.startsWith("-") && command.getCommandSpec().findOption(MODEL) != null) {
      command.getErr().println("A model is given by an option: " + MODEL + " " + argument);
    }
  }

  static int failed(Throwable e, CommandLine command, ParseResult parsed) {
    command.getOut().flush();
    PrintWriter err = command.getErr();
    err.println("nin: " + sentence(e));
    if (System.getenv(STACKTRACE) != null) {
      e.printStackTrace(err);
    }
    err.flush();
    if (e instanceof UsageException) {
      hint(command);
      return command.getCommandSpec().exitCodeOnInvalidInput();
    }
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  static void warn(CommandLine command, String message) {
    command.getErr().println("nin: warning: " + message);
    command.getErr().flush();
  }

  private static void hint(CommandLine command) {
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("Try '" + name + " --help' for more information.");
  }

  /** Returns the message of an expected exception, or the class and the message of any other. */
  static String sentence(Throwable e) {
    if (e instanceof UncheckedIOException unchecked) {
      return sentence(unchecked.getCause());
    }
    if (e instanceof InvalidFileException) {
      return e.getMessage();
    }
    if (e instanceof OutOfMemoryError || e.getCause() instanceof OutOfMemoryError) {
      return "out of memory: Java's limit is "
          + (Runtime.getRuntime().maxMemory() >> 20)
          + " MiB; use a smaller batch, image size or network, or raise the limit, for example with"
          + " NIN_JAVA_OPTS=-Xmx8g";
    }
    boolean expected =
        e instanceof IllegalArgumentException
            || e instanceof IOException
            || e instanceof EngineException
            || e instanceof InvalidModelException
            || e instanceof TrainingException;
    if (expected && e.getMessage() != null) {
      return e.getMessage();
    }
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    return "unexpected "
        + e.getClass().getSimpleName()
        + message
        + " (set "
        + STACKTRACE
        + "=1 to see the stack trace)";
  }
}
