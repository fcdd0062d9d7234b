package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.io.Models;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;

class RepeatedRunTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;
  private Path data;
  private Path network;
  private Path first;
  private Path second;

  @BeforeEach
  void makeDataAndNetwork() throws IOException {
    data = TinyData.folder(folder.resolve("rows"), 40);
    network = TinyData.network(folder.resolve("tiny.json"));
    first = folder.resolve("first");
    second = folder.resolve("second");
  }

  private Outcome train(Object... more) {
    List<Object> args = new ArrayList<>(List.of("train", "--out", first, "--data", data));
    args.addAll(Arrays.asList(more));
    return Outcome.of(args.toArray());
  }

  private JsonNode runFile() throws IOException {
    return JSON.readTree(YamlFile.read(first.resolve("run.yaml")));
  }

  /** Repeats the run, and compares the weights bit by bit. */
  private void repeat() throws IOException {
    Outcome.of("train", first.resolve("run.yaml"), "--out", second).succeeds();
    var expected = Models.read(first.resolve("model.safetensors"));
    var actual = Models.read(second.resolve("model.safetensors"));
    assertEquals(expected.network(), actual.network());
    assertArrayEquals(
        Files.readAllBytes(first.resolve("model.safetensors")),
        Files.readAllBytes(second.resolve("model.safetensors")));
    assertEquals(
        Files.readString(first.resolve("run.yaml")), Files.readString(second.resolve("run.yaml")));
  }

  @Test
  void theFileInARunFolderRepeatsTheRunBitForBit() throws IOException {
    Path relative = Path.of("").toAbsolutePath().relativize(data);
    Outcome.of(
            "train",
            "--out",
            first,
            "--data",
            relative,
            "--net",
            network,
            "--epochs=2",
            "--batch-size=12",
            "--lr=0.003",
            "--seed=12345678901",
            "--val-split=0.25",
            "--grey",
            "--threads=1",
            "--profile")
        .succeeds();
    JsonNode file = runFile();
    assertEquals(data.toString(), file.get("data").asText());
    assertEquals(12345678901L, file.get("seed").asLong());
    assertEquals(0.25, file.get("val_split").asDouble());
    assertTrue(file.get("grey").asBoolean());
    assertEquals(2, file.get("recipe").get("epochs").asInt());
    assertEquals("tiny", file.get("net").get("name").asText());
    assertTrue(List.of("fp32", "bf16").contains(file.get("precision").asText()), file.toString());
    List<String> keys = new ArrayList<>();
    file.fieldNames().forEachRemaining(keys::add);
    assertEquals(List.of("net", "data", "grey", "val_split", "recipe", "seed", "precision"), keys);
    repeat();
  }

  @Test
  void aPresetIsWrittenByItsNameAndSize() throws IOException {
    train("--net=nin-mnist", "--size=16", "--epochs=1", "--batch-size=20").succeeds();
    assertEquals("nin-mnist", runFile().get("net").asText());
    assertEquals(16, runFile().get("size").asInt());
    repeat();
  }

  @Test
  void aNetworkThatHasOnlyTheNameOfAPresetIsWrittenOut() throws IOException {
    String tiny = Files.readString(network);
    Files.writeString(network, tiny.replace("\"tiny\"", "\"nin-mnist\""));
    train("--net", network, "--epochs=1").succeeds();
    assertEquals(5, runFile().get("net").get("layers").size());
    assertFalse(runFile().has("size"));
    repeat();
  }

  @Test
  void aSizeThatWasGivenIsKeptForANetworkThatIsWrittenOut() throws IOException {
    train("--net", network, "--epochs=1", "--size=10").succeeds();
    assertEquals("[1,10,10]", runFile().get("net").get("input").toString());
    assertEquals(10, runFile().get("size").asInt());
    repeat();
  }

  @Test
  void aNetworkForImagesThatAreNotSquareKeepsItsInput() throws IOException {
    Shape wide = Shape.of(1, 1, 8, 12);
    String text = NetworkJson.write(Networks.NIN_MNIST.build(wide, 2));
    Files.writeString(network, text);
    train("--net", network, "--epochs=1", "--batch-size=20").succeeds();
    assertEquals(wide, Models.read(first.resolve("model.safetensors")).network().input());
    assertEquals("[1,8,12]", runFile().get("net").get("input").toString());
    repeat();
  }

  @Test
  void aRunFileOfTheUsersIsNotOverwritten() throws IOException {
    Files.createDirectories(first);
    Path mine = Files.writeString(first.resolve("run.yaml"), "epochs: 1 # mine\n");
    train("--net", network, "--epochs=1").fails(1, first + ": already holds a run.yaml");
    assertEquals("epochs: 1 # mine\n", Files.readString(mine));
    assertFalse(Files.exists(first.resolve("run.json")));
  }

  @Test
  void aResumedRunKeepsItsFile() throws IOException {
    train("--net", network, "--epochs=1").succeeds();
    String before = Files.readString(first.resolve("run.yaml"));
    Outcome.of("train", "--resume", first).succeeds();
    assertEquals(before, Files.readString(first.resolve("run.yaml")));
    repeat();
  }
}
