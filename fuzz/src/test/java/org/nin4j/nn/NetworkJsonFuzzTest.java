package org.nin4j.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.TinyModels;
import org.nin4j.fuzz.Untrusted;

/** Networks as JSON files of any content. */
class NetworkJsonFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.concat(
            Stream.of(TinyModels.tiny(), TinyModels.varied()).map(NetworkJson::write),
            Stream.of(
                """
                {"name": "n", "input": [3, 9, 9], "layers": [
                {"type": "NinBlock", "in_channels": 3, "out_channels": 4, "kernel_size": [3, 2],
                "stride": 2, "padding": [1, 0]},
                {"type": "Sequential", "layers": [{"type": "ReLU"}, {"type": "Flatten"}]},
                {"type": "Linear", "in_features": 80, "out_features": 2, "bias": false}]}"""))
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Untrusted.file(folder.resolve("net.json"), bytes, NetworkJson::read)
        .ifPresent(
            network -> {
              assertEquals(network, NetworkJson.read(NetworkJson.write(network), "it"));
            });
  }
}
