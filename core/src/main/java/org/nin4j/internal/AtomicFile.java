package org.nin4j.internal;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes whole files: after a crash, a power cut or an error the old content is there or the new
 * one, never a part. The content goes to a temporary file in the same folder, is forced to the
 * disk, and then takes the target's name in one step.
 *
 * <p>Works in an interrupted thread too, so that what stops a training can still save it.
 */
public final class AtomicFile {
  private static final String PREFIX = ".nin4j-";
  private static final String SUFFIX = ".tmp";

  private AtomicFile() {}

  /** What to write. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; the stream is not buffered and is closed by the caller. */
    void writeTo(OutputStream out) throws IOException;
  }

  /**
   * Writes a file or replaces it.
   *
   * @throws IOException when it cannot be written: one sentence that starts with the path; the
   *     target is as it was, and no temporary file remains
   */
  public static void write(Path target, Content content) throws IOException {
    Path file = resolve(target);
    Path temporary = file.resolveSibling(PREFIX + UUID.randomUUID() + SUFFIX);
    try {
      // Created here for the precise exceptions of this call; written by a stream because channels
      // refuse to work in an interrupted thread.
      Files.createFile(temporary);
      try (FileOutputStream out = new FileOutputStream(temporary.toFile())) {
        content.writeTo(out);
        out.getFD().sync();
      }
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw FileErrors.writing(target, file.getParent(), e);
    } finally {
      deleteQuietly(temporary);
    }
    forceFolder(file.getParent());
  }

  /** Writes a text file in UTF-8, or replaces it, as {@link #write(Path, Content)} does. */
  public static void write(Path target, String text) throws IOException {
    write(target, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  /**
   * Deletes the temporary files that processes have left in a folder when they were killed. Nobody
   * else may be writing in the folder.
   *
   * @throws IOException when the folder cannot be listed, or a file cannot be deleted
   */
  public static void deleteTemporaries(Path folder) throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, PREFIX + "*" + SUFFIX)) {
      for (Path file : files) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** The file behind links, so that a link stays one. */
  private static Path resolve(Path target) throws IOException {
    if (Files.isDirectory(target)) {
      throw FileErrors.folder(target);
    }
    if (Files.exists(target) && !Files.isRegularFile(target)) {
      throw FileErrors.irregular(target);
    }
    Path file = Files.exists(target) ? target.toRealPath() : target.toAbsolutePath();
    Path folder = file.getParent();
    if (!Files.exists(folder)) {
      throw FileErrors.other(target, "the folder " + folder + " does not exist; create it first");
    }
    if (!Files.isDirectory(folder)) {
      throw FileErrors.other(target, folder + " is not a folder; choose another path");
    }
    return file;
  }

  /** After the move there is nothing to delete; after a failure nothing more to report. */
  private static void deleteQuietly(Path temporary) {
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The failure that led here is the one to tell.
    }
  }

  /** Makes the new name survive a power cut, on systems that open folders (Windows does not). */
  private static void forceFolder(Path folder) {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (IOException e) {
      // The file itself is complete and on the disk.
    }
  }
}
