package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.data.FilesLeftOut;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;
import org.nin4j.tracking.RunFolder;
import org.nin4j.train.ImageCounts;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.TrainingEvent.Started;
import picocli.CommandLine.Model.CommandSpec;

/** Options that are set from a file. */
class RunFileTest extends RunFiles {
  @Test
  void anOptionOfAnyTypeCanBeSet() throws IOException {
    AnyOptions options =
        any(
            """
            count: 7
            big: 12345678901234
            rate: 1e-3
            flag: true
            on: false
            text: "1"
            two_words: a/b c
            precision: bf16
            texts: [a, b=c]
            counts: [1, -2]
            threads: 4
            """);
    assertEquals(7, options.count);
    assertEquals(12345678901234L, options.big);
    assertEquals(1e-3f, options.rate);
    assertTrue(options.flag);
    assertFalse(options.on);
    assertEquals("1", options.text);
    assertEquals(Path.of("a/b c"), options.path);
    assertEquals(PrecisionChoice.BF16, options.choice);
    assertEquals(List.of("a", "b=c"), options.texts);
    assertEquals(List.of(1, -2), options.counts);
    assertEquals(4, options.threads.threads);
  }

  @Test
  void aSingleValueStandsForAListAsOnTheCommandLine() throws IOException {
    AnyOptions options = any("texts: a,b\ncounts: 3\nparts: x,y\n");
    assertEquals(List.of("a,b"), options.texts);
    assertEquals(List.of(3), options.counts);
    assertEquals(List.of("x", "y"), options.parts);
  }

  /** A layer's path is a text that may look like a number, and keeps its digits. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "layers: 0 | 0",
        "layers: 0,3 | 0,3",
        "layers: [0, 3.10] | 0,3.10",
        "layers: ['0', 3.1.2] | 0,3.1.2",
        "layers: all | all"
      })
  void theNumberOfALayerNeedsNoQuotes(String yaml, String paths) throws IOException {
    List<LayerPath> expected = Stream.of(paths.split(",")).map(LayerPath::new).toList();
    assertEquals(expected, any(yaml).layers);
  }

  @Test
  void theCommandLineTakesPrecedenceAndDefaultsStay() throws IOException {
    AnyOptions options = any("count: 7\nflag: false\nbig: 2\n", "-c", "9", "--flag");
    assertEquals(9, options.count);
    assertTrue(options.flag);
    assertEquals(2L, options.big);
    assertEquals("default", options.text);
    assertNull(options.path);
  }

  @Test
  void anOptionOfAnyTypeIsWrittenForTheNextRun() throws IOException {
    Outcome.of("train", tiny("epochs: 1\nprecision: fp32\nout: " + run)).succeeds();
    Path relative = Path.of("").toAbsolutePath().relativize(network);
    AnyOptions before =
        any(
            "count: 7\nbig: 12345678901234\nrate: 0.1\nflag: true\non: false\ntext: '1'\n"
                + "texts: ["
                + relative
                + ", '0']\ncounts: [1, -2]\ntwo_words: a/b\n");
    CommandSpec spec = CommandSpec.forAnnotatedObject(before);
    Path again = Files.createDirectories(folder.resolve("again"));
    ImageCounts images = new ImageCounts(1, OptionalInt.empty(), OptionalInt.of(1), List.of());
    new RunFileWriter(again, spec, Set.of("--threads"))
        .on(new Started(RunFolder.open(run).setup(), "", images, FilesLeftOut.NONE, List.of(), 0));
    AnyOptions after = any(Files.readString(again.resolve("run.yaml")));
    assertEquals(before.count, after.count);
    assertEquals(before.big, after.big);
    assertEquals(before.rate, after.rate);
    assertTrue(after.flag);
    assertFalse(after.on);
    assertEquals("1", after.text);
    assertEquals(List.of(network.toString(), "0"), after.texts);
    assertEquals(before.counts, after.counts);
    assertEquals(Path.of("a/b").toAbsolutePath(), after.path);
    assertEquals(PrecisionChoice.FP32, after.choice);
    assertNull(after.threads.threads);
    assertNull(after.parts);
  }

  @Test
  void everyOptionOfTrainHasAKey() throws IOException {
    Set<String> expected = new TreeSet<>();
    Matcher names =
        Pattern.compile("(?m)^ +(?:-\\w, )?--([a-z-]+)")
            .matcher(Outcome.of("train", "--help").succeeds().out());
    while (names.find()) {
      expected.add(names.group(1).replace('-', '_'));
    }
    expected.removeAll(Set.of("help", "resume"));
    assertTrue(expected.contains("val_split"), expected.toString());
    String err = Outcome.of("train", file("x: 1")).err();
    String known = err.substring(err.indexOf("(one of: ") + 9, err.indexOf(')'));
    assertEquals(expected, new TreeSet<>(List.of(known.split(", "))));
  }

  @Test
  void aRunTakesItsOptionsFromAFile() throws IOException {
    Path file = tiny("epochs: 3\nseed: 8\nval_split: 0.25\nlr: 1e-2\nout: " + run + "\n");
    Outcome.of("train", file, "--epochs", 1).succeeds();
    JsonNode setup = setup(run);
    assertEquals(1, setup.get("recipe").get("epochs").asInt());
    assertEquals(8, setup.get("seed").asInt());
    assertEquals(0.25, setup.get("data").get("validation_part").asDouble());
    assertEquals(
        0.01, setup.get("recipe").get("schedule").get("then").get("learning_rate").asDouble());
  }

  @Test
  void aFileCanContainTheRecipeAndTheNetwork() throws IOException {
    String recipe = RecipeJson.write(Recipe.D2L);
    String layers = NetworkJson.write(NetworkJson.read(network)).replaceAll("\\s+", " ");
    Path file =
        file("data: " + data + "\nrecipe: " + recipe + "\nnet: " + layers + "\nepochs: 1\n");
    Outcome.of("train", file, "--out", run).succeeds();
    Recipe expected = Recipe.D2L.with(changed -> changed.epochs(1));
    assertEquals(JSON.readTree(RecipeJson.write(expected)), setup(run).get("recipe"));
    assertEquals(JSON.readTree(layers), setup(run).get("network"));
    Path json = folder.resolve("my.json");
    Files.writeString(json, YamlFile.read(file));
    Outcome.of("train", json, "--out", folder.resolve("json")).succeeds();
    assertEquals(setup(run), setup(folder.resolve("json")));
  }

  @Test
  void aPresetIsNotTakenForAFile() throws IOException {
    Outcome.of(
            "train",
            file("net: nin-mnist\nsize: 28\ndata: " + data),
            "--epochs=1",
            "--batch-size=8",
            "--out",
            run)
        .succeeds();
    assertEquals(
        JSON.readTree(
            NetworkJson.write(Networks.NIN_MNIST.build(Networks.NIN_MNIST.defaultInput(), 2))),
        setup(run).get("network"));
  }
}
