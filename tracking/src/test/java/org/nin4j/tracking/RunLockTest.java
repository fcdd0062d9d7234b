package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Engines;
import org.nin4j.train.Recipe;
import org.nin4j.train.StopAfter;
import org.nin4j.train.TinyTask;
import org.nin4j.train.TrainingEvent;

/** A run folder belongs to one training at a time. */
class RunLockTest {
  private static final Recipe RECIPE = TinyTask.recipe().with(r -> r.epochs(1));
  private static final int SECONDS_TO_END = 60;

  @TempDir Path temp;
  private Path run;
  private Path lock;

  @BeforeEach
  void nameTheFolder() {
    run = temp.resolve("run");
    lock = run.resolve(".lock");
  }

  /** Locks a folder, says so, and holds the lock until it is killed. */
  static final class Holder {
    private Holder() {}

    public static void main(String[] args) throws Exception {
      RunLock lock = RunLock.acquire(new RunFiles(Path.of(args[0])), System.out::println);
      System.out.println("locked");
      System.out.flush();
      System.in.read();
      lock.close();
    }
  }

  private Process hold(String folder) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                Holder.class.getName(),
                folder)
            .directory(temp.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    assertEquals("locked", said.readLine());
    return process;
  }

  private void stopARun() throws IOException {
    StopAfter.steps(2).run(TinyTask.trainer(RECIPE).store(RunFolder.create(run)));
  }

  private void resume() throws IOException {
    RunFolder.open(run).trainer(Engines.reference(), TinyTask.data()).train();
  }

  private String inUse(String process) {
    return run
        + ": "
        + process
        + " is training in this folder; wait for it to end, or choose another folder";
  }

  @Test
  void aFolderIsLockedWhileItsTrainingRunsAndNotAfterwards() throws IOException {
    List<String> refusals = new ArrayList<>();
    List<String> content = new ArrayList<>();
    TinyTask.trainer(RECIPE)
        .store(RunFolder.create(run))
        .listen(
            event -> {
              if (event instanceof TrainingEvent.StepDone) {
                content.add(Files.readString(lock).strip());
                refusals.add(assertThrows(IOException.class, this::resume).getMessage());
                refusals.add(
                    assertThrows(IOException.class, () -> RunFolder.open(run).requireUnused())
                        .getMessage());
              }
            })
        .train();
    assertEquals(2 * TinyTask.BATCHES, refusals.size());
    refusals.forEach(refusal -> assertEquals(inUse("this process"), refusal));
    assertEquals(Long.toString(ProcessHandle.current().pid()), content.get(0));
    assertFalse(Files.exists(lock));
    RunFolder.open(run).requireUnused();
    assertFalse(Files.exists(lock));
  }

  @Test
  void aNewTrainingInTheFolderOfAnotherIsRefusedAtItsStart() throws IOException {
    RunFolder second = RunFolder.create(run);
    RunFolder first = RunFolder.create(run);
    IOException[] refused = new IOException[1];
    TinyTask.trainer(RECIPE)
        .store(first)
        .listen(
            event -> {
              if (event instanceof TrainingEvent.Started) {
                refused[0] =
                    assertThrows(
                        IOException.class, () -> TinyTask.trainer(RECIPE).store(second).train());
              }
            })
        .train();
    assertEquals(inUse("this process"), refused[0].getMessage());
    assertTrue(RunFolder.open(run).isComplete());
  }

  @Test
  void anotherWayToNameTheFolderIsNoWayAroundItsLock() throws IOException {
    stopARun();
    Path link = Files.createSymbolicLink(temp.resolve("link"), run);
    assertFalse(RunFolder.open(link).isRunning());
    RunLock held = RunLock.acquire(new RunFiles(run), warning -> {});
    try {
      for (Path other : List.of(link, run.resolve("../run"))) {
        assertTrue(RunFolder.open(other).isRunning());
        IOException e =
            assertThrows(IOException.class, () -> RunFolder.open(other).requireUnused());
        assertTrue(e.getMessage().contains("this process is training"), e.getMessage());
      }
    } finally {
      held.close();
    }
    RunFolder.open(link).requireUnused();
  }

  @Test
  void aTrainingThatFailsLeavesItsFolderToOthers() throws IOException {
    assertThrows(
        Error.class,
        () ->
            TinyTask.trainer(RECIPE)
                .store(RunFolder.create(run))
                .listen(
                    event -> {
                      if (event instanceof TrainingEvent.StepDone) {
                        throw new AssertionError("a defect");
                      }
                    })
                .train());
    assertFalse(Files.exists(lock));
    resume();
  }

  @Test
  void anotherProcessIsRefusedUntilTheFirstIsKilled() throws Exception {
    stopARun();
    Process holder = hold("run");
    try {
      IOException e = assertThrows(IOException.class, this::resume);
      assertEquals(inUse("process " + holder.pid()), e.getMessage());
      assertTrue(Files.exists(lock));
      assertTrue(RunFolder.open(run).isRunning());
    } finally {
      holder.destroyForcibly().waitFor();
    }
    assertTrue(Files.exists(lock));
    assertFalse(RunFolder.open(run).isRunning());
    resume();
    assertFalse(Files.exists(lock));
  }

  @Test
  void anotherProcessMayTrainOnceTheFirstHasEnded() throws Exception {
    stopARun();
    Process holder = hold("run");
    try {
      holder.getOutputStream().close();
      assertTrue(holder.waitFor(SECONDS_TO_END, TimeUnit.SECONDS));
      assertFalse(Files.exists(lock));
    } finally {
      holder.destroyForcibly().waitFor();
    }
    resume();
  }

  @Test
  void aFileSystemWithoutLocksIsAWarningAndKeepsThisProcessOutAllTheSame() throws IOException {
    Files.createDirectory(run);
    RunFiles files = new RunFiles(run);
    List<String> warnings = new ArrayList<>();
    RunLock.Locker none =
        channel -> {
          throw new IOException("Function not implemented");
        };
    RunLock held = RunLock.acquire(files, warnings::add, none);
    try {
      assertTrue(Files.exists(lock));
      IOException e =
          assertThrows(IOException.class, () -> RunLock.acquire(files, warnings::add, none));
      assertEquals(inUse("this process"), e.getMessage());
    } finally {
      held.close();
    }
    assertFalse(Files.exists(lock));
    assertEquals(
        List.of(
            run
                + ": the file system has no locks (Function not implemented); do not train in this"
                + " folder twice at the same time"),
        warnings);
  }

  @Test
  void theRoomOnTheDiskIsFreedBeforeTheFailureIsRecorded() throws IOException {
    long[] reserved = {0};
    RunFolder folder = RunFolder.create(run);
    TinyTask.trainer(RECIPE)
        .store(folder)
        .listen(
            event -> {
              if (event instanceof TrainingEvent.StepDone) {
                reserved[0] = Files.size(lock);
              }
            })
        .train();
    RunLock held = RunLock.acquire(new RunFiles(run), warning -> {});
    try {
      assertEquals(reserved[0], Files.size(lock));
      assertTrue(reserved[0] > 10 * Files.size(run.resolve("run.json")));
      held.freeReserve();
      assertEquals(0, Files.size(lock));
      assertThrows(IOException.class, () -> folder.requireUnused());
    } finally {
      held.close();
    }
  }

  @Test
  void aLockThatAnotherProcessHoldsWithoutANumberIsNamedSo() throws IOException {
    Files.createDirectory(run);
    IOException e =
        assertThrows(
            IOException.class,
            () -> RunLock.acquire(new RunFiles(run), warning -> {}, channel -> null));
    assertEquals(inUse("another process"), e.getMessage());
    RunLock.acquire(new RunFiles(run), warning -> {}).close();
  }
}
