package org.nin4j.interchange.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The end of an archive, which says where its central directory is: APPNOTE.TXT 4.3.14 to 4.3.16.
 *
 * @param entries number of entries
 * @param directoryStart offset of the central directory
 * @param directoryEnd the byte after it
 */
record ZipEnd(int entries, long directoryStart, long directoryEnd) {
  static final int MOST_ENTRIES = 10_000;
  private static final int LARGEST_DIRECTORY = 8 << 20;

  private static final int END = 0x06054b50;
  private static final int END_LENGTH = 22;
  private static final int LONGEST_COMMENT = 0xFFFF;
  private static final int LOCATOR = 0x07064b50;
  private static final int LOCATOR_LENGTH = 20;
  private static final int END64 = 0x06064b50;
  private static final int END64_LENGTH = 56;

  static ZipEnd read(ZipInput in) throws IOException {
    int length = (int) Math.min(in.size, END_LENGTH + LONGEST_COMMENT);
    long tailStart = in.size - length;
    ByteBuffer tail = in.read(tailStart, length);
    for (int at = length - END_LENGTH; at >= 0; at--) {
      if (tail.getInt(at) == END
          && Short.toUnsignedInt(tail.getShort(at + 20)) == length - at - END_LENGTH) {
        return at(in, tailStart + at, tail.slice(at, END_LENGTH).order(tail.order()));
      }
    }
    throw in.refused(
        "does not end as a zip archive does; it is cut off or not a zip archive, copy it again");
  }

  private static ZipEnd at(ZipInput in, long offset, ByteBuffer end) throws IOException {
    long disk = Short.toUnsignedLong(end.getShort(4)) | end.getShort(6);
    long entriesHere = Short.toUnsignedLong(end.getShort(8));
    long entries = Short.toUnsignedLong(end.getShort(10));
    long size = Integer.toUnsignedLong(end.getInt(12));
    long start = Integer.toUnsignedLong(end.getInt(16));
    ByteBuffer end64 = end64(in, offset);
    if (end64 == null) {
      return checked(in, offset, offset, disk, entriesHere, entries, size, start);
    }
    long offset64 = offset - LOCATOR_LENGTH - END64_LENGTH;
    if (contradict(entries, 0xFFFF, end64.getLong(32))
        || contradict(size, 0xFFFFFFFFL, end64.getLong(40))
        || contradict(start, 0xFFFFFFFFL, end64.getLong(48))) {
      throw in.damaged(offset, "its two end records contradict each other");
    }
    return checked(
        in,
        offset64,
        offset,
        end64.getInt(16) | end64.getInt(20),
        end64.getLong(24),
        end64.getLong(32),
        end64.getLong(40),
        end64.getLong(48));
  }

  /** Whether the short record says something, and that is not what the long one says. */
  private static boolean contradict(long value, long unsaid, long value64) {
    return value != unsaid && value != value64;
  }

  /** The record of an archive with 64-bit sizes, which directly precedes its locator, or null. */
  private static ByteBuffer end64(ZipInput in, long end) throws IOException {
    if (end < LOCATOR_LENGTH) {
      return null;
    }
    long at = end - LOCATOR_LENGTH;
    ByteBuffer locator = in.read(at, LOCATOR_LENGTH);
    if (locator.getInt(0) != LOCATOR) {
      return null;
    }
    if (locator.getLong(8) != at - END64_LENGTH || at < END64_LENGTH) {
      throw in.damaged(at, "its 64-bit end record is not where it should be");
    }
    ByteBuffer record = in.read(at - END64_LENGTH, END64_LENGTH);
    if (record.getInt(0) != END64 || record.getLong(4) != END64_LENGTH - 12) {
      throw in.damaged(at - END64_LENGTH, "its 64-bit end record is not one");
    }
    return record;
  }

  /**
   * @param end where the directory must end
   * @param offset of the end record, for messages
   */
  private static ZipEnd checked(
      ZipInput in,
      long end,
      long offset,
      long disk,
      long entriesHere,
      long entries,
      long size,
      long start)
      throws IOException {
    if (disk != 0 || entriesHere != entries) {
      throw in.refused("is one part of a zip archive of several; join the parts");
    }
    if (Long.compareUnsigned(entries, MOST_ENTRIES) > 0) {
      throw in.refused(
          "is a zip archive of "
              + Long.toUnsignedString(entries)
              + " entries, and at most "
              + MOST_ENTRIES
              + " are read");
    }
    if (start < 0 || size < 0 || start > end || size != end - start) {
      throw in.damaged(
          offset,
          "its end record says that a central directory of "
              + Long.toUnsignedString(size)
              + " bytes begins at "
              + Long.toUnsignedString(start)
              + " and ends at "
              + end);
    }
    if (size > LARGEST_DIRECTORY) {
      throw in.refused(
          "has a central directory of "
              + size
              + " bytes, and at most "
              + LARGEST_DIRECTORY
              + " are read");
    }
    return new ZipEnd((int) entries, start, end);
  }
}
