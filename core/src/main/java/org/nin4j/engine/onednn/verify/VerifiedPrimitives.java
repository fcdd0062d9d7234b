package org.nin4j.engine.onednn.verify;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Which primitives were run and compared, and which of them were right: the table that comes with
 * the library, and what was found on this machine since, which is kept in a file. There is one of
 * each for a version of oneDNN, an instruction set and a number of threads.
 *
 * <p>An entry is a primitive's fingerprint, whose lowest bit says whether it was right. A file
 * holds entries only, 8 bytes each, big-endian.
 */
public final class VerifiedPrimitives {
  /** What is known of a primitive. */
  public enum Verdict {
    RIGHT,
    WRONG,
    UNKNOWN
  }

  private static final long[] NOTHING = {};

  private final Path file;
  private long[] table = NOTHING; // sorted, as is what the file holds
  private long[] kept = NOTHING;
  private final Set<Long> found = new HashSet<>();
  private final List<Long> unsaved = new ArrayList<>();

  private VerifiedPrimitives(Path file) {
    this.file = file;
  }

  /** Of a process only: nothing is known, and nothing is kept. */
  public static VerifiedPrimitives none() {
    return new VerifiedPrimitives(null);
  }

  /** What a file holds, if it exists; it is made when there is something to keep. */
  public static VerifiedPrimitives keptIn(Path file) {
    VerifiedPrimitives verified = new VerifiedPrimitives(file);
    try {
      verified.kept = verified.read();
    } catch (IOException e) {
      // What cannot be read is verified again.
    }
    return verified;
  }

  /**
   * The table in the library, if there is one for a setting, and what was found on this machine.
   *
   * @param setting what the results depend on: {@code 3.11.0-avx2-2}, for the version, the
   *     instruction set and the number of threads
   * @param folder where there is a file for each setting
   */
  public static VerifiedPrimitives of(String setting, Path folder) {
    String name = fileName(setting);
    VerifiedPrimitives verified = keptIn(folder.resolve(name));
    try (InputStream table = VerifiedPrimitives.class.getResourceAsStream("table/" + name)) {
      if (table != null) {
        verified.table = entries(table.readAllBytes());
      }
    } catch (IOException e) {
      // What cannot be read is verified again.
    }
    return verified;
  }

  /** The name of the file for a setting. */
  public static String fileName(String setting) {
    return setting.replace(' ', '_') + ".bin";
  }

  private long[] read() throws IOException {
    return Files.isRegularFile(file) ? entries(Files.readAllBytes(file)) : NOTHING;
  }

  private static long[] entries(byte[] bytes) {
    long[] entries = new long[bytes.length / Long.BYTES];
    ByteBuffer.wrap(bytes).asLongBuffer().get(entries);
    Arrays.sort(entries);
    return entries;
  }

  /** What is known of the primitive with this fingerprint. */
  public synchronized Verdict verdict(long fingerprint) {
    if (contains(fingerprint | 1)) {
      return Verdict.RIGHT;
    }
    return contains(fingerprint & ~1) ? Verdict.WRONG : Verdict.UNKNOWN;
  }

  private boolean contains(long entry) {
    return Arrays.binarySearch(table, entry) >= 0
        || Arrays.binarySearch(kept, entry) >= 0
        || found.contains(entry);
  }

  /** Enters what was found. */
  public synchronized void enter(long fingerprint, boolean right) {
    long entry = right ? fingerprint | 1 : fingerprint & ~1;
    if (found.add(entry)) {
      unsaved.add(entry);
    }
  }

  /**
   * Appends what was found since the last time to the file.
   *
   * @throws IOException when it cannot be written; it is known in this process all the same
   */
  public synchronized void save() throws IOException {
    if (file == null || unsaved.isEmpty()) {
      return;
    }
    long size = Files.exists(file) ? Files.size(file) : 0;
    int rest = (int) (-size & (Long.BYTES - 1)); // a process that was killed may have left a part
    ByteBuffer bytes = ByteBuffer.allocate(rest + Long.BYTES * unsaved.size()).position(rest);
    unsaved.forEach(bytes::putLong);
    unsaved.clear(); // one attempt: a folder that cannot be written to now hardly can later
    Files.createDirectories(file.getParent());
    try (FileOutputStream out = new FileOutputStream(file.toFile(), true)) {
      out.write(bytes.array());
    }
  }
}
