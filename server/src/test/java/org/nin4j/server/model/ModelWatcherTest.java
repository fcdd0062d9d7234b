package org.nin4j.server.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.text.MessageFormat;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Classifier;
import org.nin4j.engine.Precision;
import org.nin4j.error.ClosedException;
import org.nin4j.io.BlockModel;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Models;
import org.nin4j.io.SourceModel;

class ModelWatcherTest {
  @TempDir Path folder;

  private final BlockingQueue<String> log = new LinkedBlockingQueue<>();
  private final ModelRepository models = new ModelRepository(1, 10);
  private Path file;
  private byte[] other;

  @BeforeEach
  void serve() throws IOException {
    Path quantized = folder.resolve("other.safetensors");
    Models.write(quantized, BlockModel.quantized());
    other = Files.readAllBytes(quantized);
    file = folder.resolve("model.safetensors");
    Models.write(file, BlockModel.plain());
    models.add("block", file, ImportOptions.none());
  }

  @AfterEach
  void close() {
    models.close();
  }

  /** Watches only when a test says so. */
  private ModelWatcher watch() {
    return new ModelWatcher(models, Duration.ofHours(1), new Lines());
  }

  private LoadedModel current() {
    return models.find("block").orElseThrow().current();
  }

  /** Fails when the model is closed. */
  private static void compute(LoadedModel model) {
    model.classifier().logits(new float[64], 0, new float[3], 0);
  }

  private String next() throws InterruptedException {
    String line = log.poll(20, TimeUnit.SECONDS);
    return line == null ? "nothing" : line;
  }

  @Test
  void theWatcherLooksByItself() throws Exception {
    LoadedModel before = current();
    Lines lines = new Lines();
    try (ModelWatcher watcher = new ModelWatcher(models, Duration.ofMillis(20), lines)) {
      assertNotNull(watcher);
      Files.write(file, other);
      assertEquals("INFO block: loaded the new file, SHA-256 " + sha256Of(other), next());
    }
    assertTrue(current().source().model().quantization() != null);
    assertThrows(ClosedException.class, () -> compute(before));
  }

  private static String sha256Of(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void aFileThatHasChangedIsLoadedWhenItWasTheSameForTwoLooks() throws Exception {
    LoadedModel before = current();
    try (ModelWatcher watcher = watch()) {
      watcher.look();
      watcher.look();
      Files.write(file, Arrays.copyOf(other, 50));
      watcher.look();
      Files.write(file, other);
      watcher.look();
      assertEquals(List.of(), List.copyOf(log));
      assertEquals(before, current());
      watcher.look();
      assertTrue(next().startsWith("INFO block: loaded"));
      LoadedModel after = current();
      watcher.look();
      watcher.look();
      assertEquals(after, current());
    }
  }

  @Test
  void aFileThatChangesBetweenAddingAndWatchingIsLoaded() throws Exception {
    Files.write(file, other);
    try (ModelWatcher watcher = watch()) {
      watcher.look();
      watcher.look();
      assertTrue(next().startsWith("INFO block: loaded"));
    }
  }

  @Test
  void aBrokenFileKeepsTheModelAndIsLoggedOnceForEachContent() throws Exception {
    LoadedModel before = current();
    try (ModelWatcher watcher = watch()) {
      for (int length : List.of(100, other.length - 1)) {
        Files.write(file, Arrays.copyOf(other, length));
        for (int i = 0; i < 4; i++) {
          watcher.look();
        }
        String line = next();
        assertTrue(
            line.startsWith(
                "WARNING block: the model that was loaded goes on, as the new file cannot be: "
                    + file),
            line);
        assertEquals(List.of(), List.copyOf(log));
        assertEquals(before, current());
      }
      Files.write(file, other);
      watcher.look();
      watcher.look();
      assertTrue(next().startsWith("INFO block: loaded"));
    }
  }

  @Test
  void aFileThatDisappearsKeepsTheModelUntilAnotherTakesItsPlace() throws Exception {
    LoadedModel before = current();
    try (ModelWatcher watcher = watch()) {
      Files.delete(file);
      watcher.look();
      watcher.look();
      assertEquals(before, current());
      Path next = folder.resolve("next");
      Files.write(next, other);
      Files.move(next, file);
      watcher.look();
      watcher.look();
      assertTrue(next().startsWith("INFO block: loaded"));
    }
    assertEquals(List.of(), List.copyOf(log));
  }

  @Test
  void aModelThatIsInUseStaysOpenUntilItIsReleased() throws IOException {
    ServedModel served = models.find("block").orElseThrow();
    LoadedModel before = served.acquire();
    assertTrue(models.reload("block"));
    compute(before);
    before.release();
    assertThrows(ClosedException.class, () -> compute(before));
    compute(served.current());
  }

  @Test
  void afterTheEndNothingIsLoadedAnyMore() throws IOException {
    ServedModel served = models.find("block").orElseThrow();
    SourceModel next = SourceModel.of(BlockModel.quantized());
    LoadedModel late = new LoadedModel(next, Precision.FP32, Classifier.of(next.model()));
    models.close();
    assertThrows(ClosedException.class, served::acquire);
    assertFalse(models.reload("block"));
    assertFalse(served.reload(source -> late));
    assertThrows(ClosedException.class, () -> compute(late));
  }

  /** Writes down what is logged. */
  private final class Lines implements System.Logger {
    @Override
    public String getName() {
      return "test";
    }

    @Override
    public boolean isLoggable(Level level) {
      return true;
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String message, Throwable thrown) {
      log.add(level + " " + message + " " + thrown);
    }

    @Override
    public void log(Level level, ResourceBundle bundle, String format, Object... values) {
      log.add(level + " " + (values == null ? format : MessageFormat.format(format, values)));
    }
  }
}
