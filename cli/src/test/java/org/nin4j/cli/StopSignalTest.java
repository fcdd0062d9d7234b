package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sends signals to a process that trains on one OpenMP thread, which is fastest for small steps.
 */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process there can only be killed")
class StopSignalTest {
  private static final int INTERRUPTED = 128 + 2;
  private static final int TERMINATED = 128 + 15;
  private static final int KILLED = 128 + 9;

  @TempDir Path folder;

  @BeforeEach
  void makeDataAndNetwork() throws IOException {
    TinyData.folder(folder.resolve("rows"), 800);
    TinyData.network(folder.resolve("tiny.json"));
  }

  private record Ended(int exitCode, List<String> output) {}

  private Ended begin(String out, Consumer<ProcessHandle> afterAnEpoch) throws Exception {
    return train(
        afterAnEpoch,
        "--net=tiny.json",
        "--data=rows",
        "--batch-size=1",
        "--epochs=8",
        "--out=" + out);
  }

  private Ended train(Consumer<ProcessHandle> afterAnEpoch, String... args) throws Exception {
    List<String> command = new ArrayList<>(List.of("train"));
    command.addAll(Arrays.asList(args));
    ProcessBuilder builder = ChildJvm.of(folder, Main.class, command);
    builder.environment().put("OMP_NUM_THREADS", "1");
    Process process = builder.start();
    List<String> output = new ArrayList<>();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        output.add(line);
        if (line.startsWith("epoch 1/8")) {
          afterAnEpoch.accept(process.toHandle());
        }
      }
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      return new Ended(process.exitValue(), output);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void ctrlCStopsATrainingAfterItsStep() throws Exception {
    ChildJvm.assumeInterruptible();
    Ended stopped = begin("stopped", ChildJvm::interrupt);
    assertEquals(INTERRUPTED, stopped.exitCode(), stopped.toString());
    String output = String.join("\n", stopped.output());
    assertTrue(
        output.contains("nin: stopping after this step; press Ctrl-C again to stop at once"),
        output);
    assertTrue(output.endsWith("stopped; resume with: nin train --resume stopped"), output);
    String record = Files.readString(folder.resolve("stopped").resolve("run.json"));
    assertTrue(record.contains("\"interrupted\""), record);
  }

  /** Does not stop when it is asked to. */
  static final class Stubborn {
    public static void main(String[] args) throws InterruptedException {
      StopSignal signal = new StopSignal(() -> System.out.println("asked to stop"));
      System.out.println("epoch 1/8");
      Thread.sleep(60_000);
      signal.close();
    }
  }

  @Test
  void anotherCtrlCEndsTheProcessAtOnce() throws Exception {
    ChildJvm.assumeInterruptible();
    ProcessBuilder builder = ChildJvm.of(folder, Stubborn.class, List.of());
    Process process = builder.start();
    try (BufferedReader reader = process.inputReader()) {
      assertEquals("epoch 1/8", reader.readLine());
      ChildJvm.interrupt(process.toHandle());
      List<String> said = new ArrayList<>();
      for (String line = reader.readLine(); !line.contains("again"); line = reader.readLine()) {
        said.add(line);
      }
      assertTrue(said.contains("asked to stop"), said.toString());
      assertTrue(process.isAlive());
      ChildJvm.interrupt(process.toHandle());
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      assertEquals(INTERRUPTED, process.exitValue());
    } finally {
      process.destroyForcibly();
    }
  }

  private byte[] model(String run) throws IOException {
    return Files.readAllBytes(folder.resolve(run).resolve("model.safetensors"));
  }

  @Test
  void aStoppedOrKilledTrainingIsResumedToTheSameBits() throws Exception {
    Ended whole = begin("whole", training -> {});
    assertEquals(0, whole.exitCode(), whole.toString());

    Ended stopped = begin("stopped", ProcessHandle::destroy);
    assertEquals(TERMINATED, stopped.exitCode(), stopped.toString());
    List<String> output = stopped.output();
    assertEquals("stopped; resume with: nin train --resume stopped", output.get(output.size() - 1));
    String record = Files.readString(folder.resolve("stopped").resolve("run.json"));
    assertTrue(record.contains("\"interrupted\""), record);

    Ended killed = begin("killed", ProcessHandle::destroyForcibly);
    assertEquals(KILLED, killed.exitCode(), killed.toString());
    assertFalse(Files.exists(folder.resolve("killed").resolve("model.safetensors")));

    for (String run : List.of("stopped", "killed")) {
      Ended resumed = train(training -> {}, "--resume=" + run);
      assertEquals(0, resumed.exitCode(), resumed.toString());
      assertArrayEquals(model("whole"), model(run), run);
    }
  }
}
