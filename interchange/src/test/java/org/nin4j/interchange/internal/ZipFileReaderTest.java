package org.nin4j.interchange.internal;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.error.InvalidFileException;

class ZipFileReaderTest {
  @TempDir Path folder;

  private final ZipBytes zip = new ZipBytes();

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.zip"), bytes);
  }

  private static void readAll(Path file) throws IOException {
    try (ZipFileReader reader = ZipFileReader.open(file)) {
      for (ZipRecord entry : reader.entries()) {
        reader.bytes(entry, 1 << 20);
      }
    }
  }

  private void refused(byte[] bytes, String words) throws IOException {
    Path file = file(bytes);
    InvalidFileException e = assertThrows(InvalidFileException.class, () -> readAll(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  private void refused(String words) throws IOException {
    refused(zip.bytes(), words);
  }

  @Test
  void whatJavaWritesIsReadInItsOrder() throws IOException {
    Path file = folder.resolve("java.zip");
    byte[] random = new byte[200_000];
    new Random(1).nextBytes(random);
    byte[] zeros = new byte[300_000];
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream java = new ZipOutputStream(out)) {
      java.setComment("a comment");
      for (String name : List.of("z/random", "é", "empty")) {
        java.putNextEntry(new ZipEntry(name));
        java.write(name.equals("é") ? zeros : name.equals("empty") ? new byte[0] : random);
        java.closeEntry();
      }
    }
    try (ZipFileReader reader = ZipFileReader.open(file)) {
      assertEquals(
          List.of("z/random", "é", "empty"),
          reader.entries().stream().map(ZipRecord::name).toList());
      assertArrayEquals(random, reader.bytes(reader.entry("z/random").orElseThrow(), 200_000));
      assertArrayEquals(zeros, reader.bytes(reader.entry("é").orElseThrow(), 300_000));
      assertArrayEquals(new byte[0], reader.bytes(reader.entry("empty").orElseThrow(), 0));
      assertTrue(reader.entry("other").isEmpty());
    }
  }

  @Test
  void aRegionOfAStoredEntryIsRead() throws IOException {
    zip.stored("a", "0123456789");
    try (ZipFileReader reader = ZipFileReader.open(file(zip.bytes()))) {
      ZipRecord entry = reader.entry("a").orElseThrow();
      byte[] target = new byte[5];
      reader.read(entry, 3, target, 4);
      assertEquals("3456\0", new String(target, StandardCharsets.UTF_8));
      assertThrows(IllegalArgumentException.class, () -> reader.read(entry, 7, target, 4));
      assertThrows(IllegalArgumentException.class, () -> reader.read(entry, -1, target, 4));
    }
  }

  @Test
  void sizesOf64BitsAreRead() throws IOException {
    ZipBytes.Entry entry = zip.stored("a", "0123");
    entry.packed = -1;
    entry.size = -1;
    entry.localSize = -1;
    entry.extra = zip64(4, 4);
    entry.centralExtra = zip64(4, 4);
    readAll(file(zip.bytes()));
    entry.extra = zip64(5, 5);
    refused("has 5 bytes where it begins, but 4 in the central directory");
    entry.centralExtra = zip64(-1, 4);
    refused("too large for any file");
    entry.centralExtra = zip64(Long.MAX_VALUE, Long.MAX_VALUE);
    refused("ends beyond the entries");
    entry.centralExtra = new byte[0];
    refused("does not say its 64-bit sizes");
  }

  private static byte[] zip64(long size, long packed) {
    ByteBuffer extra = ByteBuffer.allocate(20).order(ByteOrder.LITTLE_ENDIAN);
    return extra.putShort((short) 1).putShort((short) 16).putLong(size).putLong(packed).array();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../a", "a/../../b", "a/..", "..", "/a", "a\\b", "..\\a", "C:a", "a\0b", ""})
  void namesThatLeadElsewhereAreRefused(String name) throws IOException {
    zip.stored(name, "");
    refused("names must be relative, with slashes and without '..'");
  }

  @Test
  void twoEntriesOfOneNameAreRefused() throws IOException {
    zip.stored("a", "1");
    zip.stored("a", "2");
    refused("has two entries 'a'");
  }

  @Test
  void entriesWhoseSizesLieAreRefused() throws IOException {
    ZipBytes.Entry entry = zip.stored("a", "0123456789");
    entry.localSize = 9;
    refused("has 9 bytes where it begins, but 10 in the central directory");
    entry.size = 9;
    refused("its entry 'a' cannot have 9 bytes in 10");
    entry.size = 1000;
    entry.localSize = 1000;
    entry.packed = 1000;
    refused("ends beyond the entries");
    entry.header = 1 << 30;
    refused("begins beyond the entries");
  }

  @Test
  void anEntryOfAnotherNameWhereItBeginsIsRefused() throws IOException {
    zip.stored("a", "1").localName = new byte[] {'b'};
    refused("its entry 'a' is another one where it begins");
  }

  @Test
  void overlappingEntriesAreRefused() throws IOException {
    ZipBytes inner = new ZipBytes();
    inner.stored("b", "1");
    ZipBytes.Entry outer = zip.stored("a", inner.bytes());
    zip.stored("b", "1").header = 31;
    assertEquals(0, outer.extra.length);
    refused("its entry 'b' overlaps entry 'a'");
  }

  @Test
  void aDamagedByteDoesNotMatchTheChecksum() throws IOException {
    zip.stored("a", "0123456789");
    byte[] bytes = zip.bytes();
    bytes[35] ^= 1;
    refused(bytes, "its entry 'a' does not match its checksum");
  }

  @Test
  void encryptedEntriesAndUnknownMethodsAreRefused() throws IOException {
    ZipBytes.Entry entry = zip.stored("a", "1");
    entry.flags = 1;
    refused("its entry 'a' is encrypted");
    entry.flags = 0;
    entry.method = 12;
    refused("its entry 'a' is compressed by method 12");
  }

  @Test
  void deflatedDataAreRefusedWhereTheyMustBeStored() throws IOException {
    zip.deflated("a", new byte[100]);
    try (ZipFileReader reader = ZipFileReader.open(file(zip.bytes()))) {
      InvalidFileException e = assertThrows(InvalidFileException.class, reader::requireStored);
      assertTrue(
          e.getMessage().contains("'a' is compressed, and data must be stored as they are"),
          e.getMessage());
    }
  }

  @Test
  void aBombGivesNoMoreThanItDeclares() throws IOException {
    ZipBytes.Entry entry = zip.deflated("a", new byte[1 << 20]);
    entry.size = 10;
    entry.localSize = 10;
    refused("its entry 'a' has more bytes than the 10 it declares");
    entry.size = 1 << 30;
    entry.localSize = 1 << 30;
    refused("cannot have 1073741824 bytes in");
    entry.size = (1 << 20) + 1;
    entry.localSize = (1 << 20) + 1;
    Path file = file(zip.bytes());
    try (ZipFileReader reader = ZipFileReader.open(file);
        InputStream in = reader.stream(reader.entry("a").orElseThrow())) {
      byte[] chunk = new byte[100];
      assertEquals(100, in.readNBytes(chunk, 0, 100));
      IOException e = assertThrows(IOException.class, in::readAllBytes);
      assertTrue(e.getMessage().contains("has fewer bytes than the 1048577 it declares"));
    }
    try (ZipFileReader reader = ZipFileReader.open(file)) {
      ZipRecord record = reader.entry("a").orElseThrow();
      IOException e = assertThrows(IOException.class, () -> reader.bytes(record, 100));
      assertTrue(e.getMessage().contains("has 1048577 bytes, and at most 100 are read"));
    }
  }

  @Test
  void manyEntriesAreRefusedBeforeTheyAreRead() throws IOException {
    zip.stored("a", "");
    refused(zip.bytes(10_001, 0), "is a zip archive of 10001 entries, and at most 10000 are read");
    refused(zip.bytes(2, 0), "its central directory has no entry 1 where it should be");
    refused(zip.bytes(0, 0), "its central directory goes on after its 0 entries");
    refused(zip.bytes(1, 1), "its end record says that a central directory of 48 bytes begins");
    refused(zip.bytes(1, -2000), "its end record says that a central directory of");
  }

  @Test
  void aLargeDirectoryIsRefusedBeforeItIsRead() throws IOException {
    byte[] longest = new byte[0xFFFF];
    for (int i = 0; i < 150; i++) {
      zip.stored("a" + i, "").centralExtra = longest;
    }
    refused("has a central directory of 9837640 bytes, and at most 8388608 are read");
  }

  @Test
  void whatIsNoZipArchiveIsRefused() throws IOException {
    refused(new byte[0], "does not end as a zip archive does");
    refused(new byte[100_000], "does not end as a zip archive does");
    zip.stored(String.join("", Collections.nCopies(300, "deep/")), "1");
    readAll(file(zip.bytes()));
  }

  @Test
  void everyTruncationAndEveryChangedByteIsReadOrRefused() throws IOException {
    zip.stored("a/b", "0123").extra = new byte[] {'F', 'B', 2, 0, 'Z', 'Z'};
    zip.deflated("c", new byte[300]);
    byte[] valid = zip.bytes();
    for (int length = 0; length < valid.length; length++) {
      refused(Arrays.copyOf(valid, length), "");
    }
    Path file = file(valid);
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < valid.length; i++) {
        for (int change : new int[] {1, 0x80, 0xFF}) {
          out.seek(i);
          out.write(valid[i] ^ change);
          try {
            readAll(file);
          } catch (IOException e) {
            assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
          }
        }
        out.seek(i);
        out.write(valid[i]);
      }
    }
    readAll(file);
  }
}
