package org.nin4j.interchange.internal;

import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.nin4j.internal.Quoted;

/**
 * The bytes of an entry, never more than it declares; at their end the checksum is verified. A
 * stream that is not read to its end verifies nothing.
 */
final class ZipStream extends InputStream {
  private static final int CHUNK = 1 << 16;

  private final ZipInput in;
  private final ZipRecord record;
  private final CRC32 crc = new CRC32();
  private final Inflater inflater;
  private final byte[] packed;

  /** Bytes of the file that have been read. */
  private long taken;

  private long left;

  ZipStream(ZipInput in, ZipRecord record) throws IOException {
    this.in = in;
    this.record = record;
    left = record.size();
    inflater = record.deflated() ? new Inflater(true) : null;
    packed = new byte[record.deflated() ? CHUNK : 0];
    if (left == 0) {
      finish();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    int count = (int) Math.min(length, left);
    if (inflater == null) {
      in.read(record.start() + record.size() - left, target, from, count);
    } else {
      count = inflate(target, from, count);
      if (count == 0) {
        throw in.damaged(
            record.start() + taken,
            entry() + " has fewer bytes than the " + record.size() + " it declares");
      }
    }
    crc.update(target, from, count);
    left -= count;
    if (left == 0) {
      finish();
    }
    return count;
  }

  /** Inflates at least one byte, if there is one. */
  private int inflate(byte[] target, int from, int length) throws IOException {
    try {
      while (true) {
        int count = inflater.inflate(target, from, length);
        if (count > 0) {
          return count;
        }
        long more = record.packedSize() - taken;
        if (inflater.finished() || inflater.needsDictionary() || more == 0) {
          return 0;
        }
        int chunk = (int) Math.min(CHUNK, more);
        in.read(record.start() + taken, packed, 0, chunk);
        inflater.setInput(packed, 0, chunk);
        taken += chunk;
      }
    } catch (DataFormatException e) {
      throw in.damaged(record.start() + taken, entry() + " is not deflated data");
    }
  }

  private void finish() throws IOException {
    if (inflater == null) {
      requireChecksum();
      return;
    }
    if (inflate(new byte[1], 0, 1) > 0) {
      throw in.damaged(
          record.start(), entry() + " has more bytes than the " + record.size() + " it declares");
    }
    if (inflater.getRemaining() > 0 || taken < record.packedSize()) {
      throw in.damaged(record.start(), entry() + " goes on after its deflated data end");
    }
    requireChecksum();
  }

  private void requireChecksum() throws IOException {
    if (record.crc() != 0 && record.crc() != crc.getValue()) {
      throw in.damaged(record.start(), entry() + " does not match its checksum");
    }
  }

  private String entry() {
    return "its entry " + Quoted.text(record.name());
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
      left = 0;
    }
  }
}
