package org.nin4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir Path folder;

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void writesAndReplacesAndLeavesNothingElse() throws IOException {
    Path file = folder.resolve("metrics.csv");
    AtomicFile.write(file, "epoch\n");
    AtomicFile.write(file, "epoch\n1 ä\n");
    assertEquals("epoch\n1 ä\n", Files.readString(file));
    assertEquals(List.of("metrics.csv"), names());
  }

  @Test
  void whenTheContentFailsTheOldFileStaysAndTheTemporaryGoes() throws IOException {
    Path file = folder.resolve("run.json");
    AtomicFile.write(file, "old");
    IllegalStateException bug = new IllegalStateException();
    assertSame(
        bug,
        assertThrows(
            IllegalStateException.class,
            () ->
                AtomicFile.write(
                    file,
                    out -> {
                      out.write(1);
                      throw bug;
                    })));
    assertThrows(
        IOException.class,
        () ->
            AtomicFile.write(
                file,
                out -> {
                  out.write(1);
                  throw new IOException("cut");
                }));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of("run.json"), names());
  }

  @Test
  void aFullDiskIsNamed() throws IOException {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "a device that is always full");
    String message =
        refused(
            folder.resolve("x"),
            out -> {
              try (OutputStream device = new FileOutputStream(full.toFile())) {
                device.write(1);
              }
            });
    assertTrue(message.endsWith("is full; free some space and try again"), message);
    assertEquals(List.of(), names());
  }

  @Test
  void aReadOnlyFolderIsNamed() throws IOException {
    String message =
        refused(
            folder.resolve("x"),
            out -> {
              throw new FileSystemException("x", null, "Read-only file system");
            });
    assertTrue(message.contains("cannot be written to; choose another"), message);
    assertEquals(List.of(), names());
  }

  @Test
  void aFolderOfTheSystemThatTakesNoFiles() {
    Path system = Path.of("/proc/self");
    assumeTrue(Files.isDirectory(system), "a folder in which nobody can create files");
    refused(system.resolve("x"), out -> out.write(1));
  }

  @Test
  void aTargetThatIsAFolderOrHasNone() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    assertTrue(refused(folder, out -> {}).endsWith(": is a folder; name a file in it"));
    assertTrue(refused(file.resolve("x"), out -> {}).contains("is not a folder"));
    assertTrue(refused(folder.resolve("no/x"), out -> {}).contains("no does not exist; create it"));
    Path longest = folder.resolve("x".repeat(300));
    assertTrue(refused(longest, out -> {}).contains("the name is too long"));
    assertEquals(List.of("file"), names());
  }

  @Test
  void aDeviceIsNotReplaced() {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));
    assertTrue(refused(device, out -> {}).contains("is not a regular file"));
  }

  @Test
  void anInterruptedThreadCanStillSave() throws IOException {
    Path file = folder.resolve("x");
    Thread.currentThread().interrupt();
    try {
      AtomicFile.write(file, "saved");
    } finally {
      assertTrue(Thread.interrupted(), "and stays interrupted");
    }
    assertEquals("saved", Files.readString(file));
  }

  @Test
  void aLinkStaysALink() throws IOException {
    Path real = Files.writeString(folder.resolve("real"), "old");
    Path link = folder.resolve("link");
    try {
      Files.createSymbolicLink(link, real);
    } catch (IOException | UnsupportedOperationException e) {
      assumeTrue(false, "links cannot be made here");
    }
    AtomicFile.write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertEquals("new", Files.readString(real));
  }

  private static String refused(Path target, AtomicFile.Content content) {
    String message =
        assertThrows(IOException.class, () -> AtomicFile.write(target, content)).getMessage();
    assertTrue(message.startsWith(target + ": "), message);
    return message;
  }
}
