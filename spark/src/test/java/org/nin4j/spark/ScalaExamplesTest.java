package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.tools.nsc.Global;
import scala.tools.nsc.Settings;
import scala.tools.nsc.reporters.StoreReporter;

/** The Scala in the documentation compiles. */
class ScalaExamplesTest {
  /** What a spark-shell has before the first line is typed. */
  private static final String SHELL =
      """
      object Shell%d {
        val spark: org.apache.spark.sql.SparkSession = null
        import spark.implicits._
        import org.apache.spark.sql.functions._
        def typed(): Unit = {
      %s
        }
      }
      """;

  private static final List<Path> PAGES =
      List.of(Path.of("..", "docs", "spark.md"), Path.of("..", "README.md"));

  @TempDir Path folder;

  @Test
  void theExamplesCompile() throws IOException {
    List<String> examples = new ArrayList<>();
    for (Path page : PAGES) {
      List<String> found = DocumentedCode.in("scala", page);
      assertFalse(found.isEmpty(), page.toString());
      examples.addAll(found);
    }
    List<Path> files = new ArrayList<>();
    for (String example : examples) {
      boolean program = example.contains("object ");
      Path file = folder.resolve("Example" + files.size() + ".scala");
      Files.writeString(file, program ? example : SHELL.formatted(files.size(), example));
      files.add(file);
    }
    assertEquals("", problems(files));
  }

  @Test
  void anExampleThatNamesWhatIsNotThereDoesNotCompile() throws IOException {
    Path file = folder.resolve("Wrong.scala");
    Files.writeString(file, "object Wrong { new org.nin4j.spark.NinTrainingSummary().epoch() }");
    assertTrue(problems(List.of(file)).contains("epoch"));
  }

  /** Compiles and returns the compiler's messages. */
  private String problems(List<Path> files) {
    Settings settings = new Settings();
    Seq<String> options =
        CollectionConverters.asScala(List.of("-usejavacp", "-deprecation", "-d", folder.toString()))
            .toSeq();
    settings.processArguments(options.toList(), true);
    StoreReporter reporter = new StoreReporter(settings);
    Global compiler = new Global(settings, reporter);
    try {
      List<String> names = files.stream().map(Path::toString).toList();
      compiler.new Run().compile(CollectionConverters.asScala(names).toList());
      return CollectionConverters.asJava(reporter.infos().toSeq()).stream()
          .map(info -> info.pos().showError(info.msg()))
          .collect(Collectors.joining("\n"));
    } finally {
      compiler.close();
    }
  }
}
