package org.nin4j.tracking;

import java.io.IOException;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/**
 * Writes {@code log.txt}: a line for each message, after the local time in ISO 8601. While it is
 * open, messages that the library logs are written, too, from any thread.
 */
final class RunLog implements AutoCloseable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssXXX");

  private final AppendedFile file;

  /** Kept here, because the JDK forgets a logger, and its handlers, when nobody refers to it. */
  private final Logger library = Logger.getLogger("org.nin4j");

  private final Handler handler = new LibraryMessages();
  private Optional<IOException> failure = Optional.empty();

  RunLog(Path file) throws IOException {
    this.file = new AppendedFile(file);
    library.addHandler(handler);
  }

  /** Appends a message; a failure is kept until {@link #check}. */
  synchronized void say(String message) {
    String line = message.lines().map(String::strip).reduce((a, b) -> a + " " + b).orElse("");
    file.append(OffsetDateTime.now(ZoneId.systemDefault()).format(TIME) + " " + line + "\n");
    try {
      file.write();
      failure = Optional.empty();
    } catch (IOException e) {
      failure = Optional.of(e);
    }
  }

  /**
   * Checks that all messages are in the file.
   *
   * @throws IOException when the last one could not be written
   */
  synchronized void check() throws IOException {
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Leaves the library's messages to others. */
  @Override
  public void close() {
    library.removeHandler(handler);
  }

  /** Writes what the library logs, with its level. */
  private final class LibraryMessages extends Handler {
    private final Formatter formatter = new SimpleFormatter();

    @Override
    public void publish(LogRecord message) {
      if (isLoggable(message)) {
        say(
            message.getLevel().getName().toLowerCase(Locale.ROOT)
                + ": "
                + formatter.formatMessage(message));
      }
    }

    @Override
    public void flush() {
      // Nothing is held back.
    }

    @Override
    public void close() {
      // The file is open only while it is written.
    }
  }
}
