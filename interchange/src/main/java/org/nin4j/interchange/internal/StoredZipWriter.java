package org.nin4j.interchange.internal;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a zip archive whose entries are stored as they are, and all of one date: equal entries
 * give equal bytes. An entry's size and checksum come before its bytes, which are therefore made
 * twice.
 */
public final class StoredZipWriter {
  private static final int LOCAL_HEADER = 30;

  /** The extra field that PyTorch fills with padding: its two letters and two bytes of length. */
  private static final int PADDING_HEADER = 4;

  /** Not the first day that zip archives know: Java writes that one with the local time zone. */
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final int alignment;
  private final Counter counter;
  private final ZipOutputStream zip;

  /**
   * Begins an archive.
   *
   * @param out receives the bytes; need not be buffered, and is not closed here
   * @param alignment the bytes of each entry begin at a multiple of this, up to 256, so that they
   *     can be mapped into memory; at 1 there is no padding
   */
  public StoredZipWriter(OutputStream out, int alignment) {
    this.alignment = alignment;
    counter = new Counter(new BufferedOutputStream(out, 1 << 16));
    zip = new ZipOutputStream(counter, StandardCharsets.UTF_8);
  }

  /** The bytes of an entry, the same each time. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes all of them.
     *
     * @param out receives the bytes
     * @throws IOException when they cannot be written
     */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes an entry.
   *
   * @param name its whole name
   * @param content its bytes
   * @throws IOException when they cannot be written
   */
  public void write(String name, Content content) throws IOException {
    Counter size = new Counter(OutputStream.nullOutputStream());
    CheckedOutputStream checksum = new CheckedOutputStream(size, new CRC32());
    content.writeTo(checksum);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size.written);
    entry.setCrc(checksum.getChecksum().getValue());
    entry.setTimeLocal(DATE);
    if (alignment > 1) {
      entry.setExtra(padding(name.getBytes(StandardCharsets.UTF_8).length));
    }
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  private byte[] padding(int nameLength) {
    long start = counter.written + LOCAL_HEADER + nameLength + PADDING_HEADER;
    int length = Math.floorMod(-start, alignment);
    byte[] padding = new byte[PADDING_HEADER + length];
    Arrays.fill(padding, (byte) 'Z');
    padding[0] = 'F';
    padding[1] = 'B';
    padding[2] = (byte) length;
    padding[3] = 0;
    return padding;
  }

  /**
   * Writes the directory.
   *
   * @throws IOException when it cannot be written
   */
  public void finish() throws IOException {
    zip.finish();
    zip.flush();
  }

  private static final class Counter extends FilterOutputStream {
    private long written;

    Counter(OutputStream out) {
      super(out);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
      written++;
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      written += length;
    }
  }
}
