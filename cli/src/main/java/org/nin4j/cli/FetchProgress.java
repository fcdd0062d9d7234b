package org.nin4j.cli;

import java.io.PrintWriter;
import org.nin4j.data.FetchListener;

/** Prints one line for each file, which on a terminal is updated during the download. */
final class FetchProgress implements FetchListener {
  private static final double MEGABYTE = 1e6;

  private final PrintWriter out;
  private final boolean terminal;

  FetchProgress(PrintWriter out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void progress(String file, long bytes, long total, boolean done) {
    if (terminal) {
      out.print('\r');
    }
    if (done) {
      out.printf("  %-28s %8.2f MB%-12s%n", file, bytes / MEGABYTE, "");
    } else if (terminal) {
      String of = total < 0 ? "" : String.format(" of %.2f", total / MEGABYTE);
      out.printf("  %-28s %8.2f%s MB", file, bytes / MEGABYTE, of);
    }
    out.flush();
  }
}
