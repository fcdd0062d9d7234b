package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AppendedFileTest {
  private static final Path FULL = Path.of("/dev/full"); // of Linux: every write fails

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    file = folder.resolve("log.txt");
  }

  @Test
  void textIsInTheFileOnceItIsWritten() throws IOException {
    AppendedFile appended = new AppendedFile(file);
    appended.append("one\n");
    assertFalse(Files.exists(file));
    appended.write();
    appended.append("two ä\n");
    assertEquals("one\n", Files.readString(file));
    appended.force();
    appended.force();
    assertEquals("one\ntwo ä\n", Files.readString(file));
  }

  @Test
  void aLastLineThatIsCutOffIsEnded() throws IOException {
    Files.writeString(file, "one\ntw");
    AppendedFile appended = new AppendedFile(file);
    appended.append("three\n");
    appended.write();
    assertEquals("one\ntw\nthree\n", Files.readString(file));
  }

  @Test
  void whatCannotBeWrittenIsWrittenLaterAndOnce() throws IOException {
    AppendedFile appended = new AppendedFile(file);
    appended.append("one\n");
    appended.write();
    Path away = Files.move(file, folder.resolve("away"));
    Files.createDirectory(file);
    appended.append("two\n");
    for (int attempt = 1; attempt <= 2; attempt++) {
      FileSystemException e = assertThrows(FileSystemException.class, appended::write);
      String message = e.getMessage();
      assertTrue(message.startsWith(file + ": cannot be written ("), message);
      assertEquals(0, message.lastIndexOf(file.toString()), message);
    }
    appended.append("three\n");
    Files.delete(file);
    Files.move(away, file);
    appended.write();
    assertEquals("one\ntwo\nthree\n", Files.readString(file));
  }

  /** As after a write that filled the disk. */
  @Test
  void aPartOfALineThatWasWrittenIsOverwritten() throws IOException {
    AppendedFile appended = new AppendedFile(file);
    appended.append("one\n");
    appended.write();
    Files.writeString(file, "one\ntw");
    appended.append("two\n");
    appended.write();
    assertEquals("one\ntwo\n", Files.readString(file));
  }

  @Test
  void aFileThatWasReplacedByAShorterOneIsContinued() throws IOException {
    AppendedFile appended = new AppendedFile(file);
    appended.append("one\ntwo\n");
    appended.write();
    Files.writeString(file, "1\n");
    appended.append("three\n");
    appended.write();
    assertEquals("1\nthree\n", Files.readString(file));
  }

  @Test
  void aFullDiskIsReportedWithWhatToDo() throws IOException {
    assumeTrue(Files.isWritable(FULL));
    Files.createSymbolicLink(file, FULL);
    AppendedFile appended = new AppendedFile(file);
    appended.append("one\n");
    FileSystemException e = assertThrows(FileSystemException.class, appended::write);
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    Files.delete(file);
    appended.write();
    assertEquals("one\n", Files.readString(file));
  }

  @Test
  void anInterruptedThreadStillWrites() throws IOException {
    AppendedFile appended = new AppendedFile(file);
    appended.append("one\n");
    Thread.currentThread().interrupt();
    try {
      appended.write();
    } finally {
      assertTrue(Thread.interrupted());
    }
    assertEquals("one\n", Files.readString(file));
  }
}
