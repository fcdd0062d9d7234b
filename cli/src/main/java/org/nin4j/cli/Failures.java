package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import org.nin4j.engine.EngineException;
import org.nin4j.error.InvalidModelException;
import org.nin4j.train.TrainingException;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** What a person reads when something went wrong: one sentence on standard error. */
final class Failures {
  private static final String STACKTRACE = "NIN_STACKTRACE";

  private Failures() {}

  static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("nin: " + e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, err);
    hint(command);
    return command.getCommandSpec().exitCodeOnInvalidInput();
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
    command.getErr().println("Try '" + name + " --help'.");
  }

  /** The message of what the library throws on purpose; the class too of what it does not. */
  static String sentence(Throwable e) {
    if (e instanceof UncheckedIOException unchecked) {
      return sentence(unchecked.getCause());
    }
    if (e instanceof OutOfMemoryError || e.getCause() instanceof OutOfMemoryError) {
      return "Java's memory of "
          + (Runtime.getRuntime().maxMemory() >> 20)
          + " MiB is used up; take a smaller batch, image size or network, or give it more, for"
          + " example with NIN_JAVA_OPTS=-Xmx8g";
    }
    boolean meant =
        e instanceof IllegalArgumentException
            || e instanceof IOException
            || e instanceof EngineException
            || e instanceof InvalidModelException
            || e instanceof TrainingException;
    if (meant && e.getMessage() != null) {
      return e.getMessage();
    }
    String message = e.getMessage() == null ? "" : ": " + e.getMessage();
    return "unexpected "
        + e.getClass().getSimpleName()
        + message
        + " (set "
        + STACKTRACE
        + "=1 to see where)";
  }
}
