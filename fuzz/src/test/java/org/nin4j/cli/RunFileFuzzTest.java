package org.nin4j.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.TinyModels;
import org.nin4j.fuzz.Untrusted;
import org.nin4j.nn.NetworkJson;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;
import picocli.CommandLine;

/** Run files of any content, which set the options of {@code nin train}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunFileFuzzTest {
  private final CommandLine nin = Main.commandLine();

  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of(
            """
            net: nin-cifar10
            data: images
            epochs: 3
            seed: 7
            threads: 2
            recipe: modern
            """,
            "recipe: " + RecipeJson.write(Recipe.D2L),
            "{\"net\": " + NetworkJson.write(TinyModels.tiny()) + "}")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("run.yaml");
    nin.parseArgs("train");
    CommandLine train = nin.getSubcommands().get("train");
    try {
      Untrusted.file(file, bytes, it -> RunFile.apply(it, train));
    } catch (UsageException e) {
      Untrusted.requireSentence(file.toString(), e);
    }
  }
}
