package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

class RunFileTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Options of every type that there may be one day. */
  @Command(name = "any")
  static final class AnyOptions {
    @Option(names = {"-c", "--count"})
    int count = 1;

    @Option(names = "--big")
    Long big;

    @Option(names = "--rate")
    float rate;

    @Option(names = "--flag")
    boolean flag;

    @Option(names = "--on", defaultValue = "true")
    boolean on;

    @Option(names = "--text", defaultValue = "default")
    String text;

    @Option(names = "--two-words")
    Path path;

    @Option(names = "--precision")
    PrecisionChoice choice;

    @Option(names = "--texts")
    List<String> texts;

    @Option(names = "--parts", split = ",")
    List<String> parts;

    @Option(names = "--counts")
    List<Integer> counts;

    @Option(names = "--layers", split = ",")
    List<LayerPath> layers;

    @Mixin ThreadsOption threads;
  }

  @TempDir Path folder;
  private Path data;
  private Path network;
  private Path run;

  @BeforeEach
  void makeDataAndNetwork() throws IOException {
    data = TinyData.folder(folder.resolve("rows"), 40);
    network = TinyData.network(folder.resolve("tiny.json"));
    run = folder.resolve("run");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("my.yaml"), text);
  }

  /** Writes a file with the tiny data set and network, and more. */
  private Path tiny(String more) throws IOException {
    return file("data: " + data + "\nnet: " + network + "\n" + more);
  }

  private static JsonNode setup(Path run) throws IOException {
    return JSON.readTree(run.resolve("run.json").toFile()).get("setup");
  }

  private AnyOptions any(String yaml, String... args) throws IOException {
    AnyOptions options = new AnyOptions();
    CommandLine command = OptionConverters.register(new CommandLine(options));
    command.parseArgs(args);
    RunFile.apply(file(yaml), command);
    return options;
  }

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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "count: abc | count must be a whole number, but is \"abc\"",
        "count: \"7\" | count must be a whole number, but is \"7\"",
        "count: 7.0 | count must be a whole number, but is 7.0",
        "count: | count must be a whole number, but is null",
        "count: {a: 1} | count must be a whole number, but is an object",
        "count: 99999999999 | count: '99999999999' is too large",
        "rate: fast | rate must be a number, but is \"fast\"",
        "flag: 1 | flag must be true or false, but is 1",
        "flag: yes | flag must be true or false, but is \"yes\"",
        "text: 1 | text must be a text, but is 1",
        "two_words: '' | two_words: the path is empty",
        "precision: fp23 | precision: unknown precision 'fp23'; did you mean 'fp32'?",
        "texts: {a: b} | texts must be a text, but is an object",
        "texts: [1] | texts[0] must be a text, but is 1",
        "counts: [1, x] | counts[1] must be a whole number, but is \"x\"",
        "layers: [0, true] | layers[1] must be a text, but is true",
        "two-words: a | two-words: unknown run field 'two-words'; did you mean 'two_words'?",
        "--count: 1 | unknown run field '--count'; did you mean 'count'?",
        "help: true | unknown run field 'help'"
      })
  void aValueOfTheWrongTypeIsExplainedWithItsKey(String yaml, String complaint) {
    String message = assertThrows(UsageException.class, () -> any(yaml)).getMessage();
    assertTrue(message.startsWith(folder.resolve("my.yaml") + ": "), message);
    assertTrue(message.contains(complaint), message);
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
    ImageCounts images = new ImageCounts(1, OptionalInt.empty(), OptionalInt.of(1));
    new RunFileWriter(again, spec, Set.of("--threads"))
        .on(new Started(RunFolder.open(run).setup(), "", images, FilesLeftOut.NONE, List.of()));
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "epocs: 3 | epocs: unknown run field 'epocs'; did you mean 'epochs'?",
        "resume: x | resume: unknown run field 'resume'",
        "threads: 0 | threads must be from 1 to 1024, but is 0",
        "epochs: 0 | epochs: a training needs at least 1 epoch, but got 0",
        "batch_size: 8;shards: 9 | shards: a batch of 8 has 1 to 8 shards, not 9",
        "lr: -1 | lr: the learning rate must be above 0, but is -1.0",
        "weight_decay: -1 | weight_decay: weight decay must be at least 0, but is -1.0",
        "label_smoothing: 1 | label_smoothing: label smoothing must be at least 0 and below 1",
        "val_split: 2 | val_split must be above 0 and below 1, but is 2.0",
        "size: 0 | size must be at least 1, but is 0",
        "size: 5 | size: network 'tiny' with input 1x1x5x5: ",
        "net: nim | net: unknown network preset 'nim'; did you mean 'nin'?",
        "net: {name: x} | net: input is missing",
        "net: {nam: x} | net: nam: unknown network field 'nam'",
        "recipe: defualt | recipe: unknown recipe 'defualt'; did you mean 'default'?",
        "recipe: {name: x} | recipe: initializer is missing",
        "recipe: {name: x, epocs: 3} | recipe: epocs: unknown recipe field 'epocs'; did you mean 'epochs'?",
        "recipe: {name: x, optimizer: 3, initializer: he, data_initializers: []} | recipe: optimizer must be an object, but is 3",
        "precision: int8 | precision: training computes in fp32 or bf16, not in int8"
      })
  void aValueOutOfItsRangeIsExplainedWithItsKey(String yaml, String complaint) throws IOException {
    boolean net = yaml.startsWith("net");
    String lines = yaml.replace(';', '\n') + "\n";
    Path file = net ? file("data: " + data + "\n" + lines) : tiny(lines);
    Outcome.of("train", file, "--out", run).fails(2, "nin: " + file + ": " + complaint);
    assertFalse(Files.exists(run));
  }

  @Test
  void aComplaintAboutTheCommandLineDoesNotNameTheFile() throws IOException {
    Path file = tiny("epochs: 1\nthreads: 0\n");
    Outcome.of("train", file, "--threads", 2000).fails(2, "nin: --threads must be from 1 to 1024");
  }

  @Test
  void aFileThatCannotBeReadIsAFailure() throws IOException {
    Outcome.of("train", "none.yaml").fails(1, "none.yaml: there is no such file");
    Path broken = file("a: [");
    Outcome.of("train", broken).fails(1, broken + ": not valid YAML at line 1, column ");
    Outcome.of("train", data).fails(2, "is not a run file; its name must end in .yaml, .yml or");
    Outcome.of("train", broken, "--resume", run)
        .fails(2, "a run file cannot be combined with --resume");
    Outcome.of("train", broken, broken).fails(2, "Unmatched argument");
  }

  /** ; stands for a line break. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "epochs: 1;epochs: 2 | cannot be read at line 4, column 1: the key 'epochs' is there twice",
        "recipe: {name: a, name: b} | at line 3, column 19: the key 'name' is there twice",
        "epochs: !!int 1 | cannot be read at line 3, column 9: tags are not allowed",
        "x0: &a0 [x, x];BOMB | its aliases make it too large; write the values out"
      })
  void aFileThatIsNotSoundIsAFailureThatLeavesNothing(String yaml, String complaint)
      throws IOException {
    String bomb =
        IntStream.range(1, 30)
            .mapToObj(i -> "x%d: &a%d [*a%d, *a%d]".formatted(i, i, i - 1, i - 1))
            .collect(Collectors.joining("\n"));
    Path file = tiny(yaml.replace("BOMB", bomb).replace(';', '\n'));
    Outcome.of("train", file, "--out", run).fails(1, "nin: " + file + ": ");
    Outcome.of("train", file, "--out", run).fails(1, complaint);
    assertFalse(Files.exists(run));
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
