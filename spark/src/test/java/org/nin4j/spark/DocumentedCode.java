package org.nin4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The code in docs/spark.md. */
final class DocumentedCode {
  private static final Path PAGE = Path.of("..", "docs", "spark.md");

  private DocumentedCode() {}

  /** Returns the blocks in a language, in the order of the page. */
  static List<String> in(String language) throws IOException {
    return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(Files.readString(PAGE))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
