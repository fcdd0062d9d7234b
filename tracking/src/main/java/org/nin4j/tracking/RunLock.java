package org.nin4j.tracking;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.nin4j.internal.FileErrors;

/**
 * Keeps a second training out of a run folder. The operating system releases the lock when the
 * process ends in whatever way; the file is deleted at the end of the training. It contains the
 * process id, and spaces that reserve room on the disk for a last message.
 */
final class RunLock implements AutoCloseable {
  /**
   * The folders that this JVM has locked. POSIX locks belong to the process, and it loses them as
   * soon as it closes any channel of the file, so the file must not even be opened a second time.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** Number of bytes that the file reserves, many times the size of a usual {@code run.json}. */
  private static final int RESERVED = 256 << 10;

  /** The byte that is locked: far behind the content, so that others can read that on Windows. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path folder;
  private final Path file;
  private final RandomAccessFile open;

  /** Locks an open file. */
  @FunctionalInterface
  interface Locker {
    /**
     * Returns the lock, or null when another process holds it.
     *
     * @throws IOException when the file system has no locks
     */
    FileLock tryLock(FileChannel channel) throws IOException;
  }

  private RunLock(Path folder, Path file, RandomAccessFile open) {
    this.folder = folder;
    this.file = file;
    this.open = open;
  }

  /**
   * Locks a folder. Where the file system has no locks, only this JVM is kept out.
   *
   * @param warnings receives a sentence when the file system has no locks
   * @throws IOException when another training uses the folder, or nothing can be written to it
   */
  static RunLock acquire(RunFiles files, Consumer<String> warnings) throws IOException {
    return acquire(files, warnings, channel -> channel.tryLock(LOCKED_BYTE, 1, false));
  }

  /** Does what {@link #acquire(RunFiles, Consumer)} does, with another way to lock. */
  static RunLock acquire(RunFiles files, Consumer<String> warnings, Locker locker)
      throws IOException {
    Path folder = files.folder().toRealPath();
    if (!HELD.add(folder)) {
      throw inUse(files, "this process");
    }
    RandomAccessFile file = null;
    try {
      Object opened;
      Optional<String> warning;
      do { // until the file is still there that was opened: its last holder may have deleted it
        close(file);
        opened = identity(files.lock());
        file = open(files.lock());
        warning = lock(file.getChannel(), files, locker);
      } while (!opened.equals(identity(files.lock())));
      fill(file, files.lock());
      warning.ifPresent(warnings);
      return new RunLock(folder, files.lock(), file);
    } catch (IOException | RuntimeException e) {
      close(file);
      HELD.remove(folder);
      throw e;
    }
  }

  /** Returns whether a training holds the lock of a folder, in this process or in another one. */
  static boolean isHeld(RunFiles files) {
    try {
      if (HELD.contains(files.folder().toRealPath())) {
        return true;
      }
      try (FileChannel channel = FileChannel.open(files.lock(), StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false)) {
        return lock == null;
      }
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException | OverlappingFileLockException e) {
      return true; // it cannot be known, or another class loader's class holds it
    }
  }

  private static RandomAccessFile open(Path file) throws IOException {
    try {
      return new RandomAccessFile(file.toFile(), "rw");
    } catch (IOException e) {
      throw FileErrors.writing(file, file.toAbsolutePath().getParent(), e);
    }
  }

  /** Writes the process id and the spaces; not through the channel, which an interrupt closes. */
  private static void fill(RandomAccessFile file, Path path) throws IOException {
    byte[] content = new byte[RESERVED];
    Arrays.fill(content, (byte) ' ');
    byte[] process =
        Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(process, 0, content, 0, process.length);
    try {
      file.setLength(0);
      file.write(content);
    } catch (IOException e) {
      throw FileErrors.writing(path, path.toAbsolutePath().getParent(), e);
    }
  }

  /** Returns a warning if the file system has no locks. */
  private static Optional<String> lock(FileChannel channel, RunFiles files, Locker locker)
      throws IOException {
    FileLock lock;
    try {
      lock = locker.tryLock(channel);
    } catch (OverlappingFileLockException e) { // held by this class of another class loader
      throw inUse(files, "this process");
    } catch (IOException e) {
      return Optional.of(
          files.folder()
              + ": the file system has no locks ("
              + FileErrors.reason(e)
              + "); do not train in this folder twice at the same time");
    }
    if (lock == null) {
      String process = Files.readString(files.lock(), StandardCharsets.ISO_8859_1).strip();
      throw inUse(files, process.isEmpty() ? "another process" : "process " + process);
    }
    return Optional.empty();
  }

  /** Returns what tells a file from one that has its name later; equal to nothing if missing. */
  private static Object identity(Path file) throws IOException {
    try {
      Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
      return key == null ? file : key; // Windows has no keys, and keeps an open file
    } catch (NoSuchFileException e) {
      return new Object();
    }
  }

  private static IOException inUse(RunFiles files, String process) {
    return new IOException(
        files.folder()
            + ": "
            + process
            + " is training in this folder; wait for it to end, or choose another folder");
  }

  private static void close(RandomAccessFile file) throws IOException {
    if (file != null) {
      file.close();
    }
  }

  /**
   * Frees the reserved room on the disk, so that the reason why a training has failed can be
   * written even if the reason is that the disk is full.
   */
  void freeReserve() throws IOException {
    open.setLength(0);
  }

  /** Deletes the file and releases the lock, in this order so that nobody else's is deleted. */
  @Override
  public void close() throws IOException {
    try (open) {
      Files.deleteIfExists(file);
    } finally {
      HELD.remove(folder);
    }
  }
}
