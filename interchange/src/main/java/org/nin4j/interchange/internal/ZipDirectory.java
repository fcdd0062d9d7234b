package org.nin4j.interchange.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.internal.Quoted;

/**
 * Reads what an archive says of its entries, once in the central directory and once before each
 * entry, and refuses it where the two differ: APPNOTE.TXT 4.3.7 and 4.3.12.
 */
final class ZipDirectory {
  private static final int CENTRAL = 0x02014b50;
  private static final int CENTRAL_LENGTH = 46;
  static final int LOCAL = 0x04034b50;
  static final int LOCAL_LENGTH = 30;
  private static final int ZIP64 = 0x0001;
  private static final long IN_ZIP64 = 0xFFFFFFFFL;

  private static final int STORED = 0;
  private static final int DEFLATED = 8;

  /** Encrypted, strongly encrypted, or with a masked header. */
  private static final int ENCRYPTED = 1 | 1 << 6 | 1 << 13;

  /** Sizes and checksum follow the data, and need not precede it. */
  private static final int SIZES_FOLLOW = 1 << 3;

  /** No deflated data can be larger by more than this factor. */
  private static final long LARGEST_EXPANSION = 1032;

  private final ZipInput in;
  private final ZipEnd end;
  private final Map<String, ZipRecord> records = new LinkedHashMap<>();

  /** Where the local header of each entry begins, by name. */
  private final Map<String, Long> headers = new LinkedHashMap<>();

  private ZipDirectory(ZipInput in, ZipEnd end) {
    this.in = in;
    this.end = end;
  }

  /** Returns the entries by name, in the directory's order. */
  static Map<String, ZipRecord> read(ZipInput in) throws IOException {
    ZipDirectory directory = new ZipDirectory(in, ZipEnd.read(in));
    directory.read();
    directory.requireDisjoint();
    return directory.records;
  }

  private void read() throws IOException {
    int length = (int) (end.directoryEnd() - end.directoryStart());
    ByteBuffer all = in.read(end.directoryStart(), length);
    for (int i = 0; i < end.entries(); i++) {
      long offset = end.directoryStart() + all.position();
      if (all.remaining() < CENTRAL_LENGTH || all.getInt(all.position()) != CENTRAL) {
        throw in.damaged(offset, "its central directory has no entry " + i + " where it should be");
      }
      ByteBuffer fixed = take(all, CENTRAL_LENGTH, offset);
      byte[] name = bytes(take(all, Short.toUnsignedInt(fixed.getShort(28)), offset));
      ByteBuffer extra = take(all, Short.toUnsignedInt(fixed.getShort(30)), offset);
      take(all, Short.toUnsignedInt(fixed.getShort(32)), offset);
      add(offset, fixed, name, extra);
    }
    if (all.hasRemaining()) {
      throw in.damaged(
          end.directoryStart() + all.position(),
          "its central directory goes on after its " + end.entries() + " entries");
    }
  }

  private ByteBuffer take(ByteBuffer all, int length, long offset) throws IOException {
    if (length > all.remaining()) {
      throw in.damaged(offset, "an entry of its central directory is longer than the directory");
    }
    ByteBuffer part = all.slice(all.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    all.position(all.position() + length);
    return part;
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  private void add(long offset, ByteBuffer central, byte[] rawName, ByteBuffer extra)
      throws IOException {
    String name = name(offset, rawName);
    String entry = "its entry " + Quoted.text(name);
    int flags = central.getShort(8);
    int method = Short.toUnsignedInt(central.getShort(10));
    if ((flags & ENCRYPTED) != 0) {
      throw in.refused(entry + " is encrypted; write the file without a password");
    }
    if (method != STORED && method != DEFLATED) {
      throw in.refused(
          entry
              + " is compressed by method "
              + method
              + ", and only stored and deflated entries are read; write the archive again");
    }
    Sizes sizes =
        sizes(offset, entry, central.getInt(24), central.getInt(20), central.getInt(42), extra);
    boolean deflated = method == DEFLATED;
    if (deflated ? sizes.size / LARGEST_EXPANSION > sizes.packed : sizes.size != sizes.packed) {
      throw in.damaged(offset, entry + " cannot have " + sizes.size + " bytes in " + sizes.packed);
    }
    long header = sizes.header;
    if (header < 0 || header > end.directoryStart() - LOCAL_LENGTH) {
      throw in.damaged(offset, entry + " begins beyond the entries");
    }
    ByteBuffer local = in.read(header, LOCAL_LENGTH);
    int nameLength = Short.toUnsignedInt(local.getShort(26));
    int extraLength = Short.toUnsignedInt(local.getShort(28));
    long start = header + LOCAL_LENGTH + nameLength + extraLength;
    if (sizes.packed > end.directoryStart() || start > end.directoryStart() - sizes.packed) {
      throw in.damaged(offset, entry + " ends beyond the entries");
    }
    if (local.getInt(0) != LOCAL
        || !Arrays.equals(bytes(in.read(header + LOCAL_LENGTH, nameLength)), rawName)
        || Short.toUnsignedInt(local.getShort(8)) != method
        || (local.getShort(6) & ENCRYPTED) != 0) {
      throw in.damaged(header, entry + " is another one where it begins");
    }
    long crc = Integer.toUnsignedLong(central.getInt(16));
    boolean sizesFollow = (local.getShort(6) & SIZES_FOLLOW) != 0;
    if (!(sizesFollow && isUnsaid(local))) {
      ByteBuffer localExtra = in.read(header + LOCAL_LENGTH + nameLength, extraLength);
      Sizes again = sizes(header, entry, local.getInt(22), local.getInt(18), 0, localExtra);
      if (again.size != sizes.size
          || again.packed != sizes.packed
          || Integer.toUnsignedLong(local.getInt(14)) != crc) {
        throw in.damaged(
            header,
            entry
                + " has "
                + again.size
                + " bytes where it begins, but "
                + sizes.size
                + " in the central directory, or another checksum");
      }
    }
    if (records.put(name, new ZipRecord(name, deflated, sizes.size, sizes.packed, crc, start))
        != null) {
      throw in.refused("has two entries " + Quoted.text(name) + "; write it again");
    }
    headers.put(name, header);
  }

  /** Whether checksum and sizes are 0, or left to the data's end. */
  private static boolean isUnsaid(ByteBuffer local) {
    int crc = local.getInt(14);
    int packed = local.getInt(18);
    int size = local.getInt(22);
    return crc == 0 && packed == size && (packed == 0 || packed == -1);
  }

  private record Sizes(long size, long packed, long header) {}

  /** The 64-bit values of the extra field stand in this order, each only if its short one is -1. */
  private Sizes sizes(long offset, String entry, int size, int packed, int header, ByteBuffer extra)
      throws IOException {
    ByteBuffer wide = zip64(extra);
    long[] values = {
      Integer.toUnsignedLong(size), Integer.toUnsignedLong(packed), Integer.toUnsignedLong(header)
    };
    for (int i = 0; i < values.length; i++) {
      if (values[i] == IN_ZIP64) {
        if (wide == null || wide.remaining() < Long.BYTES) {
          throw in.damaged(offset, entry + " does not say its 64-bit sizes");
        }
        values[i] = wide.getLong();
        if (values[i] < 0) {
          throw in.damaged(
              offset, entry + " has a size or an offset that is too large for any file");
        }
      }
    }
    return new Sizes(values[0], values[1], values[2]);
  }

  /** The extra field of 64-bit sizes, or null. */
  private static ByteBuffer zip64(ByteBuffer extra) {
    int at = 0;
    while (at + 4 <= extra.limit()) {
      int length = Short.toUnsignedInt(extra.getShort(at + 2));
      if (length > extra.limit() - at - 4) {
        return null;
      }
      if (extra.getShort(at) == ZIP64) {
        return extra.slice(at + 4, length).order(ByteOrder.LITTLE_ENDIAN);
      }
      at += 4 + length;
    }
    return null;
  }

  private String name(long offset, byte[] raw) throws IOException {
    String name;
    try {
      name = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(raw)).toString();
    } catch (CharacterCodingException e) {
      throw in.damaged(offset, "the name of an entry is not UTF-8");
    }
    boolean drive = name.length() > 1 && name.charAt(1) == ':';
    if (name.isEmpty()
        || name.startsWith("/")
        || drive
        || name.indexOf('\\') >= 0
        || name.indexOf('\0') >= 0
        || List.of(name.split("/", -1)).contains("..")) {
      throw in.refused(
          "has an entry "
              + Quoted.text(name)
              + ", and names must be relative, with slashes and without '..'; such archives are"
              + " made to deceive, take another file");
    }
    return name;
  }

  private void requireDisjoint() throws IOException {
    List<ZipRecord> inOrder =
        records.values().stream().sorted(Comparator.comparing(ZipRecord::start)).toList();
    ZipRecord previous = null;
    for (ZipRecord record : inOrder) {
      long header = headers.get(record.name());
      if (previous != null && header < previous.end()) {
        throw in.damaged(
            header,
            "its entry "
                + Quoted.text(record.name())
                + " overlaps entry "
                + Quoted.text(previous.name()));
      }
      previous = record;
    }
  }
}
