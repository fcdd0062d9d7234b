package org.nin4j.interchange.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ZipFileReader;

/** Whatever happens to a file, it is read or refused in one sentence. */
class DamagedFileTest {
  private static final int[] CHANGES = {1, 128, 255};

  @TempDir Path folder;

  /** A state_dict with a view of a shared storage, by itself or in a checkpoint. */
  private static PickleBytes pickle() {
    PickleBytes pickle = PickleBytes.start().ascii("}(").text("epoch").number(1).text("net");
    pickle.global("collections", "OrderedDict").ascii(")R(");
    pickle.text("w").tensor("HalfStorage", "0", 4, 1, new long[] {1, 2}, new long[] {2, 1});
    pickle.text("b").vector("HalfStorage", "0", 4);
    return pickle.ascii("uu.");
  }

  private static TorchFile file(PickleBytes pickle) {
    return new TorchFile(pickle)
        .record("byteorder", "little")
        .record("data/0", new byte[8])
        .record("extra/k", "v");
  }

  /** Reads all of a file, and returns whether it could be. */
  private static boolean reads(Path file) throws IOException {
    try (TorchSource source = TorchSource.open(file)) {
      for (String name : source.tensors().keySet()) {
        long values = source.tensors().get(name).elements();
        assertEquals(values, source.floats(name).length);
      }
      return true;
    } catch (InvalidFileException e) {
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      return false;
    }
  }

  @Test
  void everyTruncationIsRefused() throws IOException {
    Path file = file(pickle()).write(folder);
    assertTrue(reads(file));
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      for (long length = out.length() - 1; length >= 0; length--) {
        out.setLength(length);
        assertFalse(reads(file), "length " + length);
      }
    }
  }

  @Test
  void everyChangedByteIsReadOrRefused() throws IOException {
    Path file = file(pickle()).write(folder);
    byte[] valid = Files.readAllBytes(file);
    int refused = 0;
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < valid.length; i++) {
        for (int change : CHANGES) {
          out.seek(i);
          out.write(valid[i] ^ change);
          refused += reads(file) ? 0 : 1;
        }
        out.seek(i);
        out.write(valid[i]);
      }
    }
    assertTrue(refused > valid.length, refused + " refused");
  }

  /** As behind a checksum that is right, which is how whoever means harm would write it. */
  @Test
  void everyChangedByteOfAPickleIsReadOrRefused() {
    byte[] valid = pickle().bytes();
    int read = 0;
    for (int i = 0; i < valid.length; i++) {
      for (int change : new int[] {1, 2, 4, 8, 16, 32, 64, 128, 255}) {
        byte[] changed = valid.clone();
        changed[i] ^= (byte) change;
        try {
          new Unpickler(new PickleInput(changed)).read();
          read++;
        } catch (PickleException e) {
          assertFalse(e.getMessage().isEmpty());
        }
      }
    }
    assertTrue(read > 50, read + " read");
  }

  /** Our own file, in which every byte of a record is behind a checksum. */
  @Test
  void everyFlippedBitOfANumberWeWroteIsFound() throws IOException {
    Path file = folder.resolve("x.pt");
    new PyTorchFormat().write(file, SmallModel.random());
    byte[] valid = Files.readAllBytes(file);
    long start;
    try (ZipFileReader zip = ZipFileReader.open(file)) {
      start = zip.entry("archive/data/0").orElseThrow().start();
    }
    try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = (int) start; i < start + 72; i++) {
        out.seek(i);
        out.write(valid[i] ^ 1);
        IOException e = assertThrows(IOException.class, () -> readAll(file));
        assertTrue(e.getMessage().contains("does not match its checksum"), e.getMessage());
        out.seek(i);
        out.write(valid[i]);
      }
    }
  }

  private static void readAll(Path file) throws IOException {
    try (TorchSource source = TorchSource.open(file)) {
      for (String name : source.tensors().keySet()) {
        source.floats(name);
      }
    }
  }
}
