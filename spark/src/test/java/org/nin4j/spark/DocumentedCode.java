package org.nin4j.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The code in a page of the documentation. */
final class DocumentedCode {
  private DocumentedCode() {}

  /** Returns the blocks in a language, in the order of the page. */
  static List<String> in(String language, Path page) throws IOException {
    return Pattern.compile("^```" + language + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
        .matcher(Files.readString(page))
        .results()
        .map(block -> block.group(1))
        .toList();
  }
}
