package org.nin4j.engine.onednn.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.engine.onednn.verify.VerifiedPrimitives.Verdict;

class VerifiedPrimitivesTest {
  private static final long ONE = new Fingerprint().add("one").value();
  private static final long TWO = new Fingerprint().add("two").value();
  private static final long THREE = new Fingerprint().add("three").value();

  @TempDir Path folder;

  @Test
  void whatWasFoundIsKnownLater() throws IOException {
    VerifiedPrimitives first = VerifiedPrimitives.of("a setting", folder.resolve("verified"));
    first.enter(ONE, true);
    first.enter(TWO, false);
    first.save();
    VerifiedPrimitives later = VerifiedPrimitives.of("a setting", folder.resolve("verified"));
    assertEquals(Verdict.RIGHT, later.verdict(ONE));
    assertEquals(Verdict.WRONG, later.verdict(TWO));
    assertEquals(Verdict.UNKNOWN, later.verdict(THREE));
    VerifiedPrimitives another = VerifiedPrimitives.of("another", folder.resolve("verified"));
    assertEquals(Verdict.UNKNOWN, another.verdict(ONE));
  }

  @Test
  void processesAddToOneFile() throws IOException {
    Path file = folder.resolve("file.bin");
    VerifiedPrimitives a = VerifiedPrimitives.keptIn(file);
    VerifiedPrimitives b = VerifiedPrimitives.keptIn(file);
    a.enter(ONE, true);
    a.save();
    b.enter(TWO, true);
    b.save();
    a.enter(ONE, true);
    a.enter(THREE, true);
    a.save();
    VerifiedPrimitives later = VerifiedPrimitives.keptIn(file);
    assertEquals(Verdict.RIGHT, later.verdict(ONE));
    assertEquals(Verdict.RIGHT, later.verdict(TWO));
    assertEquals(Verdict.RIGHT, later.verdict(THREE));
    assertEquals(3 * Long.BYTES, Files.size(file));
  }

  /** As a process that was killed leaves one. */
  @Test
  void aFileWithAPartOfAnEntryAtItsEndIsGoneOnWith() throws IOException {
    Path file = folder.resolve("file.bin");
    VerifiedPrimitives first = VerifiedPrimitives.keptIn(file);
    first.enter(ONE, true);
    first.save();
    Files.write(file, new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
    VerifiedPrimitives second = VerifiedPrimitives.keptIn(file);
    second.enter(TWO, false);
    second.save();
    VerifiedPrimitives third = VerifiedPrimitives.keptIn(file);
    assertEquals(Verdict.RIGHT, third.verdict(ONE));
    assertEquals(Verdict.WRONG, third.verdict(TWO));
  }

  @Test
  void withoutAFolderToWriteToThisProcessKnowsAllTheSame() throws IOException {
    Path notAFolder = Files.createFile(folder.resolve("file"));
    VerifiedPrimitives verified = VerifiedPrimitives.of("a setting", notAFolder);
    verified.enter(ONE, true);
    assertThrows(IOException.class, verified::save);
    assertEquals(Verdict.RIGHT, verified.verdict(ONE));
    verified.save(); // tried once
  }

  @Test
  void whereNothingWasFoundNothingIsWritten() throws IOException {
    VerifiedPrimitives.of("a setting", folder.resolve("verified")).save();
    assertFalse(Files.exists(folder.resolve("verified")));
  }
}
