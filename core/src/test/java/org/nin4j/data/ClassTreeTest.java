package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisabledOnOs(OS.WINDOWS)
class ClassTreeTest {
  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    ImageFolders.classFolder(folder.resolve("cat"), 1);
    ImageFolders.classFolder(folder.resolve("dog"), 1);
  }

  @Test
  void linksToFilesAndFoldersAreFollowed() throws IOException {
    Path elsewhere = Files.createDirectory(folder.resolve(".elsewhere"));
    ImageFolders.classFolder(elsewhere.resolve("more"), 2);
    Files.createSymbolicLink(folder.resolve("cat/more"), elsewhere.resolve("more"));
    Files.createSymbolicLink(folder.resolve("dog/9.png"), elsewhere.resolve("more/1.png"));
    Files.createSymbolicLink(folder.resolve("elk"), elsewhere.resolve("more"));
    ClassTree tree = ClassTree.walk(folder);
    assertEquals(
        List.of(
            "cat/0.png",
            "cat/more/0.png",
            "cat/more/1.png",
            "dog/0.png",
            "dog/9.png",
            "elk/0.png",
            "elk/1.png"),
        tree.images().stream().map(ImageEntry::name).toList());
  }

  @Test
  void aLinkThatLeadsBackIsNamed() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("dog/again"), folder.resolve("dog"));
    assertEquals(link + ": is a link to a folder that contains it; remove the link", complaint());
  }

  @Test
  void aLinkToNothingIsAnImageThatCannotBeRead() throws IOException {
    Files.createSymbolicLink(folder.resolve("dog/1.png"), folder.resolve("nothing.png"));
    List<FileFacts> facts =
        new FileInspection(folder.resolve(".cache"), InspectionListener.NONE)
            .of(ClassTree.walk(folder));
    assertEquals("cannot be read (no such file)", facts.get(2).defect());
  }

  @Test
  void aFolderThatMayNotBeReadIsNamed() throws IOException {
    Path closed = Files.createDirectory(folder.resolve("dog/closed"));
    Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
    try {
      assumeFalse(Files.isReadable(closed), "root may read everything");
      assertEquals(closed + ": may not be read; change its permissions", complaint());
    } finally {
      Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void aPipeIsNoImage() throws Exception {
    shell("mkfifo dog/pipe.png");
    ClassTree tree = ClassTree.walk(folder);
    assertEquals(2, tree.images().size());
    assertEquals(1, tree.ignored());
  }

  /** Java cannot write such names itself. */
  @Test
  void namesThatAreNotUtf8AreRefused() throws Exception {
    shell("mkdir \"$(printf 'caf\\351')\"");
    String message = complaint();
    assertTrue(message.startsWith(folder + "/caf"), message);
    assertTrue(message.contains(": the name is not text in UTF-8, or Java was started"), message);
    shell("rmdir \"$(printf 'caf\\351')\"; cp cat/0.png \"dog/$(printf '\\374ber').png\"");
    message = complaint();
    assertTrue(message.startsWith(folder + "/dog/"), message);
    assertTrue(message.contains(": the name is not text in UTF-8, or Java was started"), message);
  }

  private void shell(String command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sh", "-c", command).directory(folder.toFile()).inheritIO().start();
    assertEquals(0, process.waitFor());
  }

  private String complaint() {
    return assertThrows(IOException.class, () -> ClassTree.walk(folder)).getMessage();
  }
}
