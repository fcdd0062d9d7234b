package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands that take a model, with a file that only holds tensors. */
class ForeignFileTest {
  @TempDir Path folder;
  private ForeignModel files;
  private Path data;

  @BeforeEach
  void writeFiles() throws IOException {
    files = ForeignModel.in(folder);
    data = TinyData.folder(folder.resolve("rows"), 40);
  }

  /** What a command prints, with the same name for both files. */
  private String plain(Outcome outcome) {
    return outcome
        .succeeds()
        .out()
        .replace(files.foreign.toString(), "MODEL")
        .replace(files.complete.toString(), "MODEL");
  }

  @Test
  void predictGivesWhatItGivesForTheCompleteFile() {
    String expected = plain(Outcome.of("predict", "--model", files.complete, files.image));
    assertTrue(expected.contains("lower, or below"), expected);
    assertEquals(expected, plain(files.runs("predict", "--model", files.foreign, files.image)));
  }

  @Test
  void evalGivesWhatItGivesForTheCompleteFile() {
    String expected = plain(Outcome.of("eval", "--model", files.complete, "--data", data));
    assertEquals(expected, plain(files.runs("eval", "--model", files.foreign, "--data", data)));
    String compared =
        files
            .runs("eval", "--model", files.foreign, "--data", data, "--against", files.complete)
            .succeeds()
            .out();
    assertTrue(compared.startsWith(expected.substring(0, 15)), compared);
  }

  @Test
  void explainGivesWhatItGivesForTheCompleteFile() {
    Object[] options = {files.image, "--format", "json", "--out", folder.resolve("x.png")};
    Object[] ofComplete = {"explain", "--model", files.complete, 0, 0, 0, 0, 0};
    System.arraycopy(options, 0, ofComplete, 3, 5);
    Object[] ofForeign = {"--model", files.foreign, 0, 0, 0, 0, 0};
    System.arraycopy(options, 0, ofForeign, 2, 5);
    assertEquals(plain(Outcome.of(ofComplete)), plain(files.runs("explain", ofForeign)));
  }

  @Test
  void quantizeWritesACompleteModel() {
    Path out = folder.resolve("int8.safetensors");
    Outcome quantized = files.runs("quantize", "--model", files.foreign, "--data", data, "-o", out);
    assertEquals(0, quantized.exitCode(), quantized.err());
    Outcome.of("predict", "--model", out, "--precision", "fp32", files.image).succeeds();
  }

  @Test
  void aMappingAssignsTensorsByName() throws IOException {
    List<String> lines =
        new ArrayList<>(
            List.of(
                "0.weight: conv1.weight",
                "0.bias: conv1.bias",
                "2.weight: conv2.weight",
                "2.bias: conv2.bias"));
    Path map = Files.write(folder.resolve("map.yaml"), lines);
    String expected = plain(Outcome.of("predict", "--model", files.complete, files.image));
    assertEquals(
        expected,
        plain(files.runs("predict", "--model", files.foreign, files.image, "--map", map)));
    lines.set(1, "0.bias: conv2.bias");
    Files.write(map, lines);
    files
        .runs("predict", "--model", files.foreign, files.image, "--map", map)
        .fails(2, "tensor 'conv2.bias' cannot be both '0.bias' and '2.bias'");
    lines.set(1, "0.weight: conv1.bias");
    Files.write(map, lines);
    files
        .runs("predict", "--model", files.foreign, files.image, "--map", map)
        .fails(1, "the key '0.weight' is there twice");
    Files.writeString(map, "0.weight: 3");
    files
        .runs("predict", "--model", files.foreign, files.image, "--map", map)
        .fails(2, "--map: " + map + ": 0.weight must be a text, but is 3");
  }

  @Test
  void theCommandLineSaysAllThatIsMissing() {
    Outcome.of("predict", "--model", files.foreign, files.image)
        .fails(
            2,
            files.foreign
                + ": does not say its architecture, classes and preprocessing; add --net,"
                + " --classes, --mean and --std as in training");
  }

  @Test
  void whatTheFileSaysItselfCannotBeSaidAgain() {
    Outcome.of("predict", "--model", files.complete, files.image, "--mean", 0.4, "--std", 0.2)
        .fails(2, "the file itself says its preprocessing; leave out --mean and --std");
    Outcome.of("predict", "--model", "nin-small-cifar10", files.image, "--classes", "a,b")
        .fails(2, "nin-small-cifar10: is a model of this library, which says everything itself");
  }

  @Test
  void whereThereIsNoPlaceForOptionsAFileIsConvertedFirst() {
    String remedy =
        " does not say its architecture, classes and preprocessing; make a complete file of it with"
            + " 'nin convert' first";
    Outcome.of("train", "--from", files.foreign, "--data", data)
        .fails(2, "--from: " + files.foreign + remedy);
    Outcome.of("eval", "--model", files.complete, "--data", data, "--against", files.foreign)
        .fails(2, "--against: " + files.foreign + remedy);
  }

  @Test
  void theDataToTestOnIsNotGuessed() {
    files
        .runs("eval", "--model", files.foreign)
        .fails(2, "the model does not say what it was trained on; choose the data to test on with");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          --mean 0.4                             | --mean and --std need each other; give both
          --mean 0.4,0.4 --std 1,1               | --mean must have 1 value (grey) or 3 (red, green, blue), but has 2
          --mean 0.4 --std 1,1,1                 | --mean, --std: Normalize needs as many means as standard deviations, but has 1 and 3
          --mean 0.4 --std 0                     | --mean, --std: the std of Normalize must be positive and finite, but is 0.0
          --mean 123 --std 0.2                   | --mean is in units of 0 to 1, but has 123.0; divide --mean and --std by 255
          --mean 0.4 --std 58                    | --std is in units of 0 to 1, but has 58.0; divide --mean and --std by 255
          --mean x --std 1                       | 'x' is not a number
          --input 1x8x8                          | --input with channels needs --net; give only the height and width
          --net nin-mnist --input 3x8x8 --mean 0.4 --std 1 | --net, --input: it has 3 channels, but --mean has 1 value
          --net nin-mnist --input 1x8x8 --mean 0,0,0 --std 1,1,1 | --net, --input: it has 1 channel, but --mean has 3 values
          --net nin-mnist --input 8              | '8' needs two or three numbers, as in 224x224 (height, width) or 3x224x224
          --net nin-mnist --input wide           | 'wide' is not a size; write it as 224x224 (height, width) or 3x224x224
          --net nim                              | --net: unknown network preset 'nim'; did you mean 'nin'?
          --classes a,,b                         | 'a,,b' has an empty name
          --map tensors.txt                      | --map: 'tensors.txt' must end in .yaml, .yml or .json
          --net nin-mnist --red-first            | leave out --red-first
          --net nin-mnist --prototxt net.prototxt | is a file of safetensors, which has no second file for the architecture
          """)
  void optionsThatCannotBeUsed(String options, String complaint) {
    List<Object> args = new ArrayList<>(List.of("predict", "--model", files.foreign, files.image));
    args.addAll(List.of(options.split(" ")));
    Outcome.of(args.toArray()).fails(2, complaint);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "cat\n\ndog\n"})
  void aFileOfClassesHasANameOnEachLine(String content) throws IOException {
    Files.writeString(files.classes, content);
    files
        .runs("predict", "--model", files.foreign, files.image)
        .fails(1, "write the name of a class on each line");
  }

  @Test
  void aFileOfClassesMayHaveWindowsLineEndsAMarkAndEmptyLinesAtItsEnd() throws IOException {
    Files.writeString(files.classes, "\ufeffupper\r\nlower, or below\r\n\r\n \r\n");
    String expected = plain(Outcome.of("predict", "--model", files.complete, files.image));
    assertEquals(expected, plain(files.runs("predict", "--model", files.foreign, files.image)));
  }

  @Test
  void theNumberOfClassesIsThatOfTheirNames() throws IOException {
    Files.writeString(files.classes, "a\nb\nc\n");
    files.runs("predict", "--model", files.foreign, files.image).fails(2, "has 2 classes, not 3");
    Outcome.of(
            "predict",
            "--model",
            files.foreign,
            files.image,
            "--net",
            "nin-mnist",
            "--classes",
            "a,b,c",
            "--mean",
            0.4,
            "--std",
            0.2)
        .fails(1, "holds 4 tensors, but network 'nin-mnist' has");
  }

  @Test
  void summaryShowsTheNetworkOfAModel() {
    String expected =
        Outcome.of("summary", "--net", files.network, "--input", "2x1x8x8").succeeds().out();
    assertEquals(
        expected,
        Outcome.of("summary", "--model", files.complete, "--input", "2x1x8x8").succeeds().out());
    assertEquals(
        expected,
        Outcome.of(
                "summary", "--model", files.foreign, "--net", files.network, "--input", "2x1x8x8")
            .succeeds()
            .out());
    assertTrue(
        Outcome.of("summary", "--model", "nin-small-cifar10")
            .succeeds()
            .out()
            .startsWith("nin-small: 1x3x32x32 -> 1x10"));
  }

  @Test
  void summaryRefusesANetworkThatIsNotTheModels() {
    Outcome.of("summary", "--model", files.foreign)
        .fails(2, "does not say its architecture; add --net");
    Outcome.of("summary", "--model", files.complete, "--net", files.network)
        .fails(2, "the file itself says its architecture; leave out --net");
    Outcome.of("summary", "--model", files.foreign, "--net", "nin-mnist")
        .fails(1, "holds 4 tensors, but network 'nin-mnist' has");
    Outcome.of("summary", "--prototxt", "net.prototxt")
        .fails(2, "--map and --prototxt need --model");
    Outcome.of("summary", "--model", folder.resolve("none.pt")).fails(1, "there is no such file");
    Outcome.of("summary", "--model", "nin-smal").fails(2, "unknown model 'nin-smal'; did you mean");
  }
}
