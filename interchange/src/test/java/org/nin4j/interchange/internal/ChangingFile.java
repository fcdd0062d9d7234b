package org.nin4j.interchange.internal;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A file that is damaged in place, one change at a time: to open a file for writing anew takes a
 * millisecond on some disks.
 */
public final class ChangingFile implements Closeable {
  private final byte[] whole;
  private final RandomAccessFile file;

  public ChangingFile(Path path) throws IOException {
    whole = Files.readAllBytes(path);
    file = new RandomAccessFile(path.toFile(), "rw");
  }

  public ChangingFile(Path path, byte[] content) throws IOException {
    this(Files.write(path, content));
  }

  public int length() {
    return whole.length;
  }

  /** The byte before any change. */
  public byte get(int at) {
    return whole[at];
  }

  public void set(int at, int value) throws IOException {
    file.seek(at);
    file.write(value);
  }

  /** Takes a change back. */
  public void restore(int at) throws IOException {
    set(at, whole[at]);
  }

  /** Cuts off what comes after some bytes; a longer file cannot come back. */
  public void cut(int length) throws IOException {
    file.setLength(length);
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
