package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.nin4j.train.Progress;
import org.nin4j.train.RunFolder;
import org.nin4j.train.TrainingListener;

/** The folder of a run that begins; closed before the first step was done, it disappears again. */
final class FreshFolder implements TrainingListener, AutoCloseable {
  private final RunFolder run;

  /** The topmost folder that had to be made; null when there was nothing to make. */
  private final Path topmostMade;

  private boolean begun;

  private FreshFolder(RunFolder run, Path topmostMade) {
    this.run = run;
    this.topmostMade = topmostMade;
  }

  /**
   * @throws IOException when it cannot be made or holds a run already
   */
  static FreshFolder at(Path path) throws IOException {
    Path topmostMade = null;
    for (Path p = path.toAbsolutePath(); p != null && !Files.exists(p); p = p.getParent()) {
      topmostMade = p;
    }
    return new FreshFolder(RunFolder.create(path), topmostMade);
  }

  /** In {@code runs}, under a name that tells what and when. */
  static FreshFolder named(String network) throws IOException {
    String name =
        network
            + "-"
            + LocalDateTime.now(ZoneId.systemDefault())
                .format(DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT));
    Path folder = Path.of("runs", name);
    for (int i = 2; Files.exists(folder); i++) {
      folder = Path.of("runs", name + "-" + i);
    }
    return at(folder);
  }

  RunFolder run() {
    return run;
  }

  @Override
  public void onBatch(Progress progress) {
    begun = true;
  }

  @Override
  public void close() {
    if (begun) {
      return;
    }
    try {
      Files.deleteIfExists(run.path().resolve("run.json"));
      Files.deleteIfExists(run.path().resolve("metrics.csv"));
      if (topmostMade != null) {
        Path above = topmostMade.getParent();
        for (Path p = run.path().toAbsolutePath(); !p.equals(above); p = p.getParent()) {
          Files.delete(p);
        }
      }
    } catch (IOException e) {
      // What made the training fail is the thing to tell.
    }
  }
}
