package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.io.ModelFile;

class RunFolderTest {
  @TempDir Path temp;

  @Test
  void aTrainingLeavesItsRecordMetricsAndModel() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("a/b"));
    Trainer trainer = TinyTask.trainer(TinyTask.recipe().withEpochs(2)).listen(folder);
    folder.begin(trainer.setup(), Map.of("engine", "some engine"));
    assertEquals(trainer.setup(), RunFolder.open(folder.path()).setup());
    TrainingResult result = trainer.train();
    folder.finish(result);
    List<String> lines = Files.readAllLines(folder.path().resolve("metrics.csv"));
    assertEquals(
        "epoch,train_loss,train_accuracy,test_loss,test_accuracy,images_per_second", lines.get(0));
    assertEquals(3, lines.size());
    assertTrue(lines.get(2).matches("2(,\\d+\\.\\d{6}){4},\\d+\\.\\d"), lines.get(2));
    JsonNode record = new ObjectMapper().readTree(folder.path().resolve("run.json").toFile());
    assertEquals("finished", record.path("status").asText());
    assertEquals("some engine", record.path("environment").path("engine").asText());
    assertEquals(
        result.history().get(1).testAccuracy(),
        record.path("result").path("test_accuracy").asDouble());
    assertTrue(ModelFile.read(folder.model()).weights().sameBits(result.model().weights()));
  }

  @Test
  void aFolderWithARunIsNotUsedAgain() throws IOException {
    RunFolder folder = RunFolder.create(temp.resolve("run"));
    folder.begin(TinyTask.trainer(TinyTask.recipe()).setup(), Map.of());
    IOException e = assertThrows(IOException.class, () -> RunFolder.create(temp.resolve("run")));
    assertTrue(e.getMessage().contains("holds a run already"), e.getMessage());
  }

  @Test
  void aFolderThatCannotBeMadeIsMetWithASentence() throws IOException {
    Path file = Files.writeString(temp.resolve("file"), "x");
    IOException e = assertThrows(IOException.class, () -> RunFolder.create(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    IOException below =
        assertThrows(IOException.class, () -> RunFolder.create(file.resolve("run")));
    assertTrue(below.getMessage().startsWith(file.resolve("run") + ": "), below.getMessage());
  }

  @Test
  void aFolderWithoutARecordIsNoRun() {
    IOException e = assertThrows(IOException.class, () -> RunFolder.open(temp));
    assertTrue(e.getMessage().contains("is not a run folder"), e.getMessage());
  }

  @Test
  void aDamagedRecordIsMetWithItsPath() throws IOException {
    Path record = Files.writeString(temp.resolve("run.json"), "{\"setup\": {}}");
    IOException e = assertThrows(IOException.class, () -> RunFolder.open(temp).setup());
    assertTrue(e.getMessage().startsWith(record.toString()), e.getMessage());
    Files.writeString(record, "{");
    assertThrows(IOException.class, () -> RunFolder.open(temp).setup());
  }
}
