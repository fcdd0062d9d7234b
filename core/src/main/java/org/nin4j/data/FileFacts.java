package org.nin4j.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The result of checking an image file.
 *
 * @param bytes length of the file when it was checked
 * @param modified time of its last modification, in milliseconds since 1970
 * @param digest digest of its content; empty if the content could not be read
 * @param height rows of the upright image; 0 if it cannot be decoded
 * @param width columns of the upright image; 0 if it cannot be decoded
 * @param defect why it cannot be decoded, as a predicate; empty if it can
 */
record FileFacts(long bytes, long modified, String digest, int height, int width, String defect) {
  static FileFacts read(DataInput in) throws IOException {
    return new FileFacts(
        in.readLong(), in.readLong(), in.readUTF(), in.readInt(), in.readInt(), in.readUTF());
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(bytes);
    out.writeLong(modified);
    out.writeUTF(digest);
    out.writeInt(height);
    out.writeInt(width);
    out.writeUTF(defect);
  }

  /** Returns the result for a file whose content could not be read. */
  static FileFacts unread(ImageEntry entry, String defect) {
    return new FileFacts(entry.bytes(), entry.modified(), "", 0, 0, defect);
  }

  /** Returns whether the content of the file could be read. */
  boolean wasRead() {
    return !digest.isEmpty();
  }

  boolean isDecodable() {
    return defect.isEmpty();
  }

  /** Returns whether the file still has the length and the modification time of this result. */
  boolean isOf(ImageEntry entry) {
    return bytes == entry.bytes() && modified == entry.modified();
  }
}
