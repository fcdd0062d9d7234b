package org.nin4j.server.metrics;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.nin4j.internal.FileErrors;

/**
 * A file at whose end lines are added, until it is moved away, as logrotate does, or deleted: then
 * the next lines begin a new one. A write that fails leaves no part of a line.
 */
final class LogFile implements LogTarget {
  private final Path file;

  /** Null before the file is opened and after a failure. */
  private FileChannel channel;

  /** Tells the open file from another one of its name; null where the system has no such thing. */
  private Object key;

  LogFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  @Override
  public void open() throws IOException {
    try {
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
      key = keyOfPath();
    } catch (IOException e) {
      close();
      throw told(e);
    }
  }

  private Object keyOfPath() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  private IOException told(IOException e) {
    return FileErrors.writing(file, file.getParent(), e);
  }

  @Override
  public void append(byte[] lines) throws IOException {
    if (channel == null || isMoved()) {
      close();
      open();
    }
    long before = 0;
    try {
      before = channel.size();
      ByteBuffer rest = ByteBuffer.wrap(lines);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
    } catch (IOException e) {
      cut(before, e);
      close();
      throw told(e);
    }
  }

  private boolean isMoved() {
    try {
      return !Objects.equals(key, keyOfPath());
    } catch (IOException e) {
      return true;
    }
  }

  private void cut(long size, IOException cause) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      cause.addSuppressed(e); // a device, or a disk that is gone
    }
  }

  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      // what was written is written
    }
    channel = null;
  }
}
