package org.nin4j.data;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.CheckedOutputStream;
import org.nin4j.internal.AtomicFile;

/**
 * Stores the results of checking the image files in a folder, so that the files need not be read
 * the next time. A cache file that is missing, damaged or of another version counts as empty.
 * Failures to write it are ignored.
 */
final class FactsCache {
  /** The results depend on the formats that can be read here. */
  private static final String VERSION = "nin4j image files 2, " + ImageKind.readable();

  /** A file that was modified less than this before may change again without a new timestamp. */
  private static final long SETTLED_MILLIS = 2000;

  private final Path file;

  /**
   * @param cache the user's cache folder
   * @param folder the folder of the image files
   */
  FactsCache(Path cache, Path folder) {
    Path real = folder.toAbsolutePath().normalize();
    String key = new ContentDigest().add(real.toString()).toString();
    file = cache.resolve("folders").resolve(key + ".facts");
  }

  /** Returns the stored results, by the paths of the files relative to the folder. */
  Map<String, FileFacts> load() {
    Map<String, FileFacts> known = new HashMap<>();
    if (!Files.isRegularFile(file)) {
      return known;
    }
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      CheckedInputStream checked = new CheckedInputStream(raw, new CRC32());
      DataInputStream in = new DataInputStream(checked);
      if (!in.readUTF().equals(VERSION)) {
        return new HashMap<>();
      }
      int count = in.readInt();
      for (int i = 0; i < count; i++) {
        known.put(in.readUTF(), FileFacts.read(in));
      }
      long sum = checked.getChecksum().getValue();
      return in.readLong() == sum ? known : new HashMap<>();
    } catch (IOException e) {
      return new HashMap<>();
    }
  }

  /**
   * Stores results.
   *
   * @param now time before the first of the files was read, in milliseconds since 1970
   */
  void save(Map<String, FileFacts> facts, long now) {
    Map<String, FileFacts> settled = new HashMap<>(facts);
    settled.values().removeIf(each -> each.modified() > now - SETTLED_MILLIS);
    try {
      Files.createDirectories(file.getParent());
      AtomicFile.write(file, out -> write(settled, out));
    } catch (IOException e) {
      // Then the files are checked again the next time.
    }
  }

  private static void write(Map<String, FileFacts> facts, OutputStream raw) throws IOException {
    OutputStream buffered = new BufferedOutputStream(raw, 1 << 16);
    CheckedOutputStream checked = new CheckedOutputStream(buffered, new CRC32());
    DataOutputStream out = new DataOutputStream(checked);
    out.writeUTF(VERSION);
    out.writeInt(facts.size());
    for (Map.Entry<String, FileFacts> entry : facts.entrySet()) {
      out.writeUTF(entry.getKey());
      entry.getValue().write(out);
    }
    out.writeLong(checked.getChecksum().getValue());
    out.flush();
  }
}
