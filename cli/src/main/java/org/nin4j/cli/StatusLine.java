package org.nin4j.cli;

import java.io.PrintWriter;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A line at the bottom of a terminal that is overwritten again and again. */
final class StatusLine {
  private static final long BETWEEN_UPDATES = 100_000_000; // nanoseconds

  /** Turns line wrapping off, so that a narrow terminal shows the start of the line only. */
  private static final String BEGIN_LINE = "\r\u001b[?7l";

  private static final String END_LINE = "\u001b[K\u001b[?7h";

  private final PrintWriter out;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private long lastUpdate;
  private boolean shown;

  /**
   * Creates a line that is not shown yet.
   *
   * @param terminal whether the output is a terminal; otherwise nothing is ever shown
   */
  StatusLine(PrintWriter out, boolean terminal) {
    this(out, terminal, System::nanoTime);
  }

  /**
   * Creates a line that reads the time from a clock.
   *
   * @param nanoTime the clock, in nanoseconds
   */
  StatusLine(PrintWriter out, boolean terminal, LongSupplier nanoTime) {
    this.out = out;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    lastUpdate = nanoTime.getAsLong();
  }

  /**
   * Shows a text, but not more often than ten times a second.
   *
   * @param always whether to show this text however short ago the last one was shown
   */
  void show(boolean always, Supplier<String> text) {
    long now = nanoTime.getAsLong();
    if (!terminal || (!always && now - lastUpdate < BETWEEN_UPDATES)) {
      return;
    }
    lastUpdate = now;
    shown = true;
    out.print(BEGIN_LINE + text.get() + END_LINE);
    out.flush();
  }

  /** Erases the line, so that something else can be printed. */
  void clear() {
    if (shown) {
      out.print(BEGIN_LINE + END_LINE);
      out.flush();
      shown = false;
    }
  }
}
