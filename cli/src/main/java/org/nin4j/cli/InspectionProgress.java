package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.nin4j.data.DataSource;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.InspectionListener;
import picocli.CommandLine;

/**
 * Shows the progress of checking image files: on a terminal a line that is updated and erased at
 * the end, elsewhere one line if it takes longer than five seconds.
 */
final class InspectionProgress implements InspectionListener {
  private static final long PATIENCE = 5_000_000_000L; // nanoseconds

  private final PrintWriter err;
  private final boolean terminal;
  private final LongSupplier nanoTime;
  private final StatusLine line;
  private final long start;
  private boolean shown;

  /**
   * @param err receives the lines, because standard output may be read by a program
   * @param terminal whether the output is a terminal
   * @param nanoTime the clock, in nanoseconds
   */
  InspectionProgress(PrintWriter err, boolean terminal, LongSupplier nanoTime) {
    this.err = err;
    this.terminal = terminal;
    this.nanoTime = nanoTime;
    line = new StatusLine(err, terminal, nanoTime);
    start = nanoTime.getAsLong();
  }

  /** Opens a data set and shows the progress of checking its image files. */
  static DatasetSplits open(DataSource source, CommandLine command) throws IOException {
    InspectionProgress progress =
        new InspectionProgress(command.getErr(), Terminal.isInteractive(), System::nanoTime);
    try {
      return source.open(progress);
    } finally {
      progress.clear();
    }
  }

  @Override
  public void progress(Path folder, int inspected, int total) {
    line.show(
        false,
        () ->
            String.format(
                Locale.ROOT, "checking the images of %s: %,d of %,d", folder, inspected, total));
    if (!terminal && !shown && nanoTime.getAsLong() - start >= PATIENCE) {
      shown = true;
      err.printf(
          Locale.ROOT,
          "checking the %,d images of %s; only new and changed ones the next time%n",
          total,
          folder);
      err.flush();
    }
  }

  /** Erases the line on a terminal. */
  void clear() {
    line.clear();
  }
}
