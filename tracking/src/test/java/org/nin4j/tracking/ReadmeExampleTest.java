package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.nn.Network;
import org.nin4j.train.Recipe;
import org.nin4j.train.TinyTask;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent;

/** The README's example of a run folder, as it stands there; {@code Path} is the test's own. */
class ReadmeExampleTest {
  private static final String BEGIN = "    // the example";
  private static final String END = "    // its end";

  @TempDir static java.nio.file.Path folder;

  private static void example(Engine engine, Network network, DatasetSplits data, Recipe recipe)
      throws IOException {
    // the example
    Trainer trainer =
        new Trainer(engine, network, data, recipe).store(RunFolder.create(Path.of("runs/one")));
    trainer.listen(
        event -> {
          if (event instanceof TrainingEvent.EpochDone epoch) {
            System.out.println(epoch.metrics().evaluation().accuracy());
          }
        });
    trainer.train();
    // after a stop or a crash, this resumes it:
    RunFolder.open(Path.of("runs/one")).trainer(engine, data).train();
    // its end
  }

  @Test
  void theExamplePrintsAnAccuracyForEachEpochAndLeavesARunFolder() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream console = System.out;
    System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      Recipe recipe = TinyTask.recipe().with(r -> r.epochs(2));
      example(Engines.reference(), TinyTask.network(), TinyTask.data(), recipe);
    } finally {
      System.setOut(console);
    }
    assertEquals(2, printed.toString(StandardCharsets.UTF_8).lines().count());
    assertTrue(Files.exists(folder.resolve("runs/one/model.safetensors")));
  }

  @Test
  void theReadmeShowsExactlyTheseLines() throws IOException {
    java.nio.file.Path readme = java.nio.file.Path.of("..", "README.md");
    String shown = "```java\n" + lines() + "\n```";
    assertTrue(Files.readString(readme).contains(shown), "README.md should contain:\n" + shown);
  }

  private static String lines() throws IOException {
    java.nio.file.Path source =
        java.nio.file.Path.of(
            "src", "test", "java", "org", "nin4j", "tracking", "ReadmeExampleTest.java");
    List<String> all = Files.readAllLines(source);
    return all.subList(all.indexOf(BEGIN) + 1, all.indexOf(END)).stream()
        .map(line -> line.substring(Math.min(4, line.length())))
        .collect(Collectors.joining("\n"));
  }

  private static final class Path {
    static java.nio.file.Path of(String name) {
      return folder.resolve(name);
    }
  }
}
