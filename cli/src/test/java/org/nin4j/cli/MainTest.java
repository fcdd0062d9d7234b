package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.engine.EngineException;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;
import picocli.CommandLine;

class MainTest {
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int nin(String... args) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(args);
  }

  private String refusal(int exitCode, String... args) {
    assertEquals(exitCode, nin(args), err.toString());
    assertEquals("", out.toString());
    String message = err.toString();
    assertTrue(message.startsWith("nin: "), message);
    assertFalse(message.contains("\tat "), message);
    return message;
  }

  @Test
  void summaryShowsTheNetworkOfDiveIntoDeepLearning() {
    assertEquals(0, nin("summary"));
    assertTrue(out.toString().startsWith("nin: 1x1x224x224 -> 1x10\n"), out.toString());
    assertTrue(out.toString().contains("762,297,352"), out.toString());
    assertEquals("", err.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "torch", "markdown", "csv", "json", "JSON"})
  void summaryHasEveryFormat(String format) {
    assertEquals(0, nin("summary", "--format", format), err.toString());
    assertTrue(out.toString().endsWith("\n"));
  }

  @Test
  void summaryAcceptsAPresetABatchAndClasses() {
    String[] args = {"--net", "nin-cifar10", "--input", "8x3x32x32", "--classes", "7"};
    assertEquals(
        0, nin("summary", args[0], args[1], args[2], args[3], args[4], args[5], "--format=torch"));
    assertTrue(out.toString().endsWith("Flatten output shape:\t torch.Size([8, 7])\n"));
  }

  @Test
  void summaryFollowsTheChannelsOfTheInput() {
    assertEquals(0, nin("summary", "--input", "1x3x224x224"));
    assertTrue(out.toString().contains("2,015,398"), out.toString());
  }

  @Test
  void summaryReadsANetworkFromAFile(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.json");
    Files.writeString(file, NetworkJson.write(Networks.NIN_MNIST.build()));
    String net = file.toString();
    assertEquals(0, nin("summary", "--net", net, "--classes", "10", "--input", "2x1x28x28"));
    assertTrue(out.toString().startsWith("nin-mnist: 2x1x28x28 -> 2x10\n"), out.toString());
    out.getBuffer().setLength(0);
    assertTrue(refusal(2, "summary", "--net", net, "--classes", "11").contains("has 10 classes"));
    err.getBuffer().setLength(0);
    assertTrue(refusal(2, "summary", "--net", net, "--input", "1x3x28x28").contains("layer 0.0"));
  }

  @Test
  void aMissingFileOrOneWithATypoIsAFailure(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("mine.json");
    String missing = refusal(1, "summary", "--net", file.toString());
    assertEquals("nin: " + file + ": there is no such file; check the path\n", missing);
    err.getBuffer().setLength(0);
    String typo = NetworkJson.write(Networks.NIN.build()).replace("ceil_mode", "cel_mode");
    Files.writeString(file, typo);
    String message = refusal(1, "summary", "--net", file.toString());
    assertTrue(message.contains("layers[1].cel_mode: unknown MaxPool2d field"), message);
    assertEquals(1, message.lines().count());
  }

  @Test
  void anyExistingFileIsReadAsJson(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("network"), "{");
    assertTrue(refusal(1, "summary", "--net", file.toString()).contains("not valid JSON"));
  }

  @Test
  void compareShowsNetworksSideBySide() {
    assertEquals(0, nin("compare", "nin", "vgg11"));
    assertTrue(out.toString().contains("119,586,826 (92.8 %)"), out.toString());
    out.getBuffer().setLength(0);
    assertEquals(
        0, nin("compare", "nin", "vgg11", "--input", "1x3x96x96", "--classes=5", "--format=csv"));
    assertTrue(out.toString().contains("\nvgg11,1x3x96x96,5,"), out.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "summary --net nim | unknown network preset 'nim'; did you mean 'nin'?",
        "summary --classes 1 | --classes must be at least 2, but is 1",
        "summary --classes ten | 'ten' is not a whole number",
        "summary --classes 2000000000 | more than the 2147483647 an array can hold",
        "summary --input 224 | needs four numbers, as in 1x1x224x224",
        "summary --input abc | 'abc' is not a shape",
        "summary --input 0x1x9x9 | at least 1",
        "summary --input 1x1x66x66 | the smallest input that would do is 1x1x67x67",
        "summary --input 1000000x1x20000x20000 --net nin-mnist | exceed 64 bits",
        "summary --input 2000000000x1x20000x20000 --net nin-mnist | too many elements",
        "summary --format xml | unknown format 'xml' (one of: table",
        "summary --inptu 1x1x96x96 | Possible solutions: --input",
        "summary extra | Unmatched argument",
        "serve shoes.safetensors | A model is given by an option: --model shoes.safetensors",
        "summary --net | Missing required parameter",
        "sumary | Did you mean: nin summary",
        "compare nin | two networks or more are needed",
        "compare nin vgg12 | did you mean 'vgg11'?",
        "compare nin vgg11 --format torch | unknown format 'torch'",
        "compare | Missing required parameter"
      })
  void invalidUsageIsExplainedInOneSentenceWithExitCode2(String line, String complaint) {
    String message = refusal(2, line.split(" ", -1));
    assertTrue(message.contains(complaint), message);
    assertTrue(message.endsWith(" --help' for more information.\n"), message);
  }

  @Test
  void aMissingCommandIsReported() {
    assertTrue(refusal(2).startsWith("nin: missing command"));
  }

  @Test
  void helpAndVersionSucceed() {
    assertEquals(0, nin("--version"));
    assertTrue(out.toString().startsWith("nin "), out.toString());
    for (String[] args : new String[][] {{"--help"}, {"summary", "--help"}, {"compare", "-h"}}) {
      out.getBuffer().setLength(0);
      assertEquals(0, nin(args));
      assertTrue(out.toString().contains("Examples:"), out.toString());
      assertFalse(out.toString().contains("\u001b["), "colour without a terminal");
    }
  }

  @Test
  void theHelpNamesEveryPreset() {
    assertEquals(String.join(", ", Networks.names()), NetworkOption.PRESETS);
  }

  @Test
  void aFailureOfACommandIsOneSentence() {
    assertEquals("bad lr", Failures.sentence(new IllegalArgumentException("bad lr")));
    assertEquals("a.idx: empty", Failures.sentence(new IOException("a.idx: empty")));
    assertEquals("full", Failures.sentence(new UncheckedIOException(new IOException("full"))));
    assertEquals("no bf16", Failures.sentence(new EngineException("no bf16")));
  }

  @Test
  void anUnexpectedFailureSaysHowToSeeTheStackTrace() {
    assertEquals(
        "unexpected IllegalStateException: odd (set NIN_STACKTRACE=1 to see the stack trace)",
        Failures.sentence(new IllegalStateException("odd")));
    CommandLine failing =
        new CommandLine(
            CommandLine.Model.CommandSpec.wrapWithoutInspection(
                (Runnable)
                    () -> {
                      throw new IllegalStateException("odd");
                    }));
    failing.setErr(new PrintWriter(err, true));
    failing.setExecutionExceptionHandler(Failures::failed);
    assertEquals(1, failing.execute());
    assertTrue(err.toString().startsWith("nin: unexpected IllegalStateException: odd"));
  }
}
