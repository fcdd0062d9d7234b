package org.nin4j.conformance;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Stream;
import org.nin4j.Engines;

/**
 * The report of a run, a Markdown page: each test class writes its section. Classes may run at the
 * same time in processes of their own.
 */
public final class Report {
  private static final Path PAGE = Path.of(System.getProperty("conformance.report"));
  private static final Path SECTIONS = Path.of(System.getProperty("conformance.sections"));

  private Report() {}

  /**
   * Writes a section, and rewrites the page.
   *
   * @param order the sections appear by ascending order
   * @param text Markdown
   */
  public static void section(int order, String title, String text) {
    try {
      Files.createDirectories(SECTIONS);
      Files.createDirectories(PAGE.toAbsolutePath().getParent());
      try (FileChannel lock = FileChannel.open(SECTIONS.resolve("lock"), CREATE, WRITE)) {
        lock.lock(); // until it is closed
        Files.writeString(
            SECTIONS.resolve(String.format(Locale.ROOT, "%02d.md", order)),
            "\n## " + title + "\n\n" + text.strip() + "\n");
        Files.writeString(PAGE, head() + sections());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String head() {
    return """
        # Conformance

        Written by the conformance tests, which are part of `mvn verify`. The figures are the worst of
        all cases of this run.

        | | |
        |---|---|
        | NiN4J | %s |
        | PyTorch | %s |
        | ONNX Runtime | %s |
        | Java | %s on %s |
        """
        .formatted(
            Engines.oneDnn().description(),
            System.getProperty("pytorch.version"),
            OrtEnvironment.getEnvironment().getVersion(),
            Runtime.version(),
            System.getProperty("os.arch"));
  }

  private static String sections() throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.list(SECTIONS)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".md")).sorted().toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
