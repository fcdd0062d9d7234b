package org.nin4j.tracking;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.nin4j.internal.FileErrors;

/**
 * Keeps a second training out of a run folder. The operating system releases the lock when the
 * process ends in whatever way; the file, which contains the process id, is deleted at the end of
 * the training.
 */
final class RunLock implements AutoCloseable {
  /**
   * The folders that this JVM has locked. POSIX locks belong to the process, and it loses them as
   * soon as it closes any channel of the file, so the file must not even be opened a second time.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  /** The byte that is locked: far behind the content, so that others can read that on Windows. */
  private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

  private final Path folder;
  private final Path file;
  private final FileChannel channel;

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

  private RunLock(Path folder, Path file, FileChannel channel) {
    this.folder = folder;
    this.file = file;
    this.channel = channel;
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
    FileChannel channel = null;
    try {
      Object opened;
      Optional<String> warning;
      do { // until the file is still there that was opened: its last holder may have deleted it
        close(channel);
        opened = identity(files.lock());
        channel = open(files.lock());
        warning = lock(channel, files, locker);
      } while (!opened.equals(identity(files.lock())));
      String process = Long.toString(ProcessHandle.current().pid());
      channel.truncate(0).write(ByteBuffer.wrap(process.getBytes(StandardCharsets.US_ASCII)));
      warning.ifPresent(warnings);
      return new RunLock(folder, files.lock(), channel);
    } catch (IOException | RuntimeException e) {
      close(channel);
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

  private static FileChannel open(Path file) throws IOException {
    try {
      return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw FileErrors.writing(file, file.toAbsolutePath().getParent(), e);
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

  private static void close(FileChannel channel) throws IOException {
    if (channel != null) {
      channel.close();
    }
  }

  /** Deletes the file and releases the lock, in this order so that nobody else's is deleted. */
  @Override
  public void close() throws IOException {
    try (channel) {
      Files.deleteIfExists(file);
    } finally {
      HELD.remove(folder);
    }
  }
}
