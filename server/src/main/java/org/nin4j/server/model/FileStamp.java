package org.nin4j.server.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Optional;

/**
 * What tells one content of a file from the next without reading it.
 *
 * @param bytes its size
 * @param modified when it was written
 * @param key its identity, such as device and inode, which changes when another file takes its
 *     place; null where there is none
 */
record FileStamp(long bytes, FileTime modified, Object key) {
  /** Looks at a file; empty when there is none, or it cannot be looked at. */
  static Optional<FileStamp> of(Path file) {
    try {
      BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
      return Optional.of(new FileStamp(is.size(), is.lastModifiedTime(), is.fileKey()));
    } catch (IOException | SecurityException e) {
      return Optional.empty();
    }
  }

  static Optional<FileStamp> of(ModelSource source) {
    return source.file().flatMap(FileStamp::of);
  }
}
