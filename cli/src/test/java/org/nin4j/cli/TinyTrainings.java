package org.nin4j.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Tests that train the tiny network on the tiny data set, and look at what was written. */
abstract class TinyTrainings {
  static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  Path data;
  Path network;

  /** A folder that does not exist yet, nor does the one that it is in. */
  Path run;

  @BeforeEach
  void makeDataAndNetwork() throws IOException {
    data = TinyData.folder(folder.resolve("rows"), 40);
    network = TinyData.network(folder.resolve("tiny.json"));
    run = folder.resolve("runs").resolve("one");
  }

  /** Trains with the data and the network. */
  Outcome train(Path out, Object... more) {
    List<Object> args =
        new ArrayList<>(List.of("train", "--net", network, "--data", data, "--out", out));
    args.addAll(Arrays.asList(more));
    return Outcome.of(args.toArray());
  }

  static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  static byte[] model(Path run) throws IOException {
    return Files.readAllBytes(run.resolve("model.safetensors"));
  }

  static JsonNode setup(Path run) throws IOException {
    return JSON.readTree(run.resolve("run.json").toFile()).get("setup");
  }
}
