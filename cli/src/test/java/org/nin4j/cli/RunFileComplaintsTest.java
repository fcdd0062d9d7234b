package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said of a run file that is wrong. */
class RunFileComplaintsTest extends RunFiles {
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
}
