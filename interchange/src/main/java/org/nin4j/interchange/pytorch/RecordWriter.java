package org.nin4j.interchange.pytorch;

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
 * Writes the zip archive of {@code torch.save}: records are stored as they are, each at a multiple
 * of 64 bytes so that it can be mapped into memory, and all of one date.
 */
final class RecordWriter {
  private static final String ROOT = "archive/";
  private static final int ALIGNMENT = 64;
  private static final int LOCAL_HEADER = 30;

  /** The extra field that PyTorch fills with padding: its two letters and two bytes of length. */
  private static final int PADDING_HEADER = 4;

  /** Not the first day that zip archives know: Java writes that one with a time zone. */
  private static final LocalDateTime DATE = LocalDateTime.of(1980, 2, 1, 0, 0);

  private final Counter counter;
  private final ZipOutputStream zip;

  RecordWriter(OutputStream out) {
    counter = new Counter(new BufferedOutputStream(out, 1 << 16));
    zip = new ZipOutputStream(counter, StandardCharsets.UTF_8);
  }

  /** The bytes of a record, the same each time. */
  interface Content {
    void writeTo(OutputStream out) throws IOException;
  }

  void write(String name, byte[] bytes) throws IOException {
    write(name, bytes.length, out -> out.write(bytes));
  }

  /**
   * Writes a record.
   *
   * @param name within the archive's only folder
   * @param size number of bytes that the content writes
   */
  void write(String name, long size, Content content) throws IOException {
    CheckedOutputStream checksum =
        new CheckedOutputStream(OutputStream.nullOutputStream(), new CRC32());
    content.writeTo(checksum);
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCrc(checksum.getChecksum().getValue());
    entry.setTimeLocal(DATE);
    entry.setExtra(padding(entry.getName().length()));
    zip.putNextEntry(entry);
    content.writeTo(zip);
    zip.closeEntry();
  }

  private byte[] padding(int nameLength) {
    long start = counter.written + LOCAL_HEADER + nameLength + PADDING_HEADER;
    int length = Math.floorMod(-start, ALIGNMENT);
    byte[] padding = new byte[PADDING_HEADER + length];
    Arrays.fill(padding, (byte) 'Z');
    padding[0] = 'F';
    padding[1] = 'B';
    padding[2] = (byte) length;
    padding[3] = 0;
    return padding;
  }

  /** Writes the directory; the stream stays open. */
  void finish() throws IOException {
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
