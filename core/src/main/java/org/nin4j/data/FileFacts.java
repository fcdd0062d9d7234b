package org.nin4j.data;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * What one look into an image file has found.
 *
 * @param bytes the file's length then
 * @param modified when it had been written last, in milliseconds since 1970
 * @param digest of its content; empty if that could not be read
 * @param height rows of the image as it is shown; 0 if it cannot be read
 * @param width columns of the image as it is shown; 0 if it cannot be read
 * @param defect why it cannot be read; empty if it can
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

  /** What is known of a file whose content could not be had. */
  static FileFacts unread(ImageEntry entry, String defect) {
    return new FileFacts(entry.bytes(), entry.modified(), "", 0, 0, defect);
  }

  /** Whether the content was there to be judged. */
  boolean wasRead() {
    return !digest.isEmpty();
  }

  boolean isSound() {
    return defect.isEmpty();
  }

  /** Whether this was found of a file that has not been written since. */
  boolean isOf(ImageEntry entry) {
    return bytes == entry.bytes() && modified == entry.modified();
  }
}
