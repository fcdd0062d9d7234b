package org.nin4j.interchange.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;

/**
 * An open zip archive, of which nothing is believed before it is checked: the number of entries and
 * the size of the central directory are bounded, names are relative and differ, the two
 * descriptions of each entry agree, and entries lie within the file and do not overlap.
 */
public final class ZipFileReader implements Closeable {
  private final ZipInput in;
  private final Map<String, ZipRecord> entries;

  private ZipFileReader(ZipInput in, Map<String, ZipRecord> entries) {
    this.in = in;
    this.entries = Collections.unmodifiableMap(entries);
  }

  /**
   * Opens an archive whose entries are stored or deflated.
   *
   * @param file a regular file
   * @return the archive
   * @throws InvalidFileException when it is not a sound zip archive
   * @throws IOException when the file is missing or cannot be read
   */
  public static ZipFileReader open(Path file) throws IOException {
    ZipInput in = ZipInput.open(file);
    try {
      return new ZipFileReader(in, ZipDirectory.read(in));
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Returns the name of the first entry of a file that begins as a zip archive does.
   *
   * @param start the file's first bytes
   * @return the name; empty where they are not those of an archive, or do not hold the whole name
   */
  public static Optional<String> firstName(byte[] start) {
    ByteBuffer entry = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
    if (start.length < ZipDirectory.LOCAL_LENGTH || entry.getInt(0) != ZipDirectory.LOCAL) {
      return Optional.empty();
    }
    int length = Short.toUnsignedInt(entry.getShort(26));
    return length > start.length - ZipDirectory.LOCAL_LENGTH
        ? Optional.empty()
        : Optional.of(
            new String(start, ZipDirectory.LOCAL_LENGTH, length, StandardCharsets.ISO_8859_1));
  }

  /**
   * Refuses an archive with an entry that is not stored as it is.
   *
   * @throws InvalidFileException when an entry is deflated
   */
  public void requireStored() throws InvalidFileException {
    for (ZipRecord entry : entries.values()) {
      if (entry.deflated()) {
        throw in.refused(
            "its entry "
                + Quoted.text(entry.name())
                + " is compressed, and data must be stored as they are; write the archive without"
                + " compression");
      }
    }
  }

  /** {@return the file, for messages} */
  public Path file() {
    return in.file;
  }

  /** {@return the entries in the order of the central directory} */
  public Collection<ZipRecord> entries() {
    return entries.values();
  }

  /**
   * Finds an entry.
   *
   * @param name its whole name
   * @return the entry; empty where there is none
   */
  public Optional<ZipRecord> entry(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /**
   * Opens an entry from its start. The stream gives the bytes that the entry declares, no fewer and
   * no more, and fails otherwise; at its end the checksum is verified. Deflated data may be a
   * thousand times larger than the file: who reads them has to bound what is kept.
   *
   * @param entry one of {@link #entries}
   * @return the bytes, not buffered; valid until the archive is closed
   * @throws IOException when the file cannot be read, or an empty entry is not empty
   */
  public InputStream stream(ZipRecord entry) throws IOException {
    return new ZipStream(in, entry);
  }

  /**
   * Reads a small entry as a whole.
   *
   * @param entry one of {@link #entries}
   * @param most number of bytes that it may have
   * @return its bytes
   * @throws InvalidFileException when it has more, or is damaged
   * @throws IOException when the file cannot be read
   */
  public byte[] bytes(ZipRecord entry, int most) throws IOException {
    if (entry.size() > most) {
      throw in.refused(
          "its entry "
              + Quoted.text(entry.name())
              + " has "
              + entry.size()
              + " bytes, and at most "
              + most
              + " are read");
    }
    try (InputStream bytes = stream(entry)) {
      return bytes.readNBytes((int) entry.size());
    }
  }

  /**
   * Reads a region of a stored entry; no checksum is verified.
   *
   * @param entry one of {@link #entries} that is not deflated
   * @param offset of the first byte within the entry
   * @param target receives the bytes
   * @param length number of bytes, which go to the target's start
   * @throws IllegalArgumentException when the entry is deflated or the region not within it
   * @throws IOException when the file cannot be read
   */
  public void read(ZipRecord entry, long offset, byte[] target, int length) throws IOException {
    if (entry.deflated() || offset < 0 || length > entry.size() - offset) {
      throw new IllegalArgumentException(
          "bytes " + offset + " and " + length + " more are not those of " + entry);
    }
    in.read(entry.start() + offset, target, 0, length);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
