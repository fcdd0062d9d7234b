package org.nin4j.server.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** Where the lines of a log go; used by one thread at a time. */
public interface LogTarget {
  /**
   * A file, to whose end lines are added. A file that was moved away or deleted is made anew.
   *
   * @param file its path
   */
  static LogTarget file(Path file) {
    return new LogFile(file);
  }

  /**
   * A stream, which stays open.
   *
   * @param stream such as {@code System.out}
   */
  static LogTarget stream(OutputStream stream) {
    return new LogTarget() {
      @Override
      public void open() {}

      @Override
      public void append(byte[] lines) throws IOException {
        stream.write(lines);
        stream.flush();
      }

      @Override
      public void close() {}
    };
  }

  /**
   * Makes sure that lines can be added.
   *
   * @throws IOException when they cannot; its message says why
   */
  void open() throws IOException;

  /**
   * Adds whole lines. After a failure, the next call tries anew.
   *
   * @throws IOException when not all of them could be added
   */
  void append(byte[] lines) throws IOException;

  /** Ends the log. */
  void close();
}
