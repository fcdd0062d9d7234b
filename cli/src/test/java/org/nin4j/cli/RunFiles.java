package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tests that write a run file and read it. */
abstract class RunFiles extends TinyTrainings {
  Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("my.yaml"), text);
  }

  /** Writes a file with the tiny data set and network, and more. */
  Path tiny(String more) throws IOException {
    return file("data: " + data + "\nnet: " + network + "\n" + more);
  }

  AnyOptions any(String yaml, String... args) throws IOException {
    return AnyOptions.of(file(yaml), args);
  }
}
