package org.nin4j.interchange.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.Models;

/** The header of a safetensors file may be too long for the little memory that these tests have. */
class LongHeaderTest {
  private static final int HEADER = 50_000_000;

  @TempDir Path folder;

  private Path file() throws IOException {
    Path file = folder.resolve("model.safetensors");
    byte[] length = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(HEADER).array();
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      out.write(length);
      out.setLength(length.length + HEADER);
    }
    return file;
  }

  @Test
  void aHeaderThatTakesMoreThanJavasMemoryIsRefusedBeforeItIsRead() throws IOException {
    assertTrue(Runtime.getRuntime().maxMemory() < 16L * HEADER);
    Path file = file();
    for (InvalidFileException e :
        new InvalidFileException[] {
          assertThrows(InvalidFileException.class, () -> Models.read(file)),
          assertThrows(InvalidFileException.class, () -> Models.describe(file))
        }) {
      assertTrue(
          e.getMessage().startsWith(file + ": has a header of 50000000 bytes, too many for Java's"),
          e.getMessage());
      assertEquals(0, e.offset().orElseThrow());
    }
  }
}
