package org.nin4j.internal;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the file system's refusals say to a person: one sentence that starts with the file and says
 * what to do. The exceptions are those of {@code java.nio.file}, so that a caller can tell them
 * apart; their own messages may be no more than a path.
 */
public final class FileErrors {
  /** The message of a stream that cannot be opened: the path, and the system's reason. */
  private static final Pattern NOT_OPENED = Pattern.compile(".* \\(([^()]+)\\)", Pattern.DOTALL);

  private FileErrors() {}

  /**
   * Opens a file, or a device that can be read like one.
   *
   * @throws NoSuchFileException when there is none
   * @throws AccessDeniedException when it may not be read
   * @throws FileSystemException when it is a folder, or cannot be opened for another reason
   */
  public static InputStream open(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw folder(file);
    }
    try {
      return Files.newInputStream(file);
    } catch (IOException e) {
      throw reading(file, e);
    }
  }

  /**
   * Refuses what is not a regular file.
   *
   * @throws NoSuchFileException when there is nothing
   * @throws FileSystemException when it is a folder or a device
   */
  public static void requireRegularFile(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw folder(file);
    }
    if (!Files.exists(file)) {
      throw missing(file);
    }
    if (!Files.isRegularFile(file)) {
      throw irregular(file);
    }
  }

  /**
   * Reads the first bytes of a regular file: as many as wanted, or all that there are.
   *
   * @throws IOException as {@link #requireRegularFile} and {@link #open} do
   */
  public static byte[] start(Path file, int bytes) throws IOException {
    requireRegularFile(file);
    try (InputStream in = open(file)) {
      return in.readNBytes(bytes);
    } catch (IOException e) {
      throw reading(file, e);
    }
  }

  /** There is no such file. */
  static NoSuchFileException missing(Path file) {
    return new NoSuchFileException(file.toString(), null, "there is no such file; check the path");
  }

  /** There is neither a file nor a folder. */
  public static NoSuchFileException missingFileOrFolder(Path path) {
    return new NoSuchFileException(
        path.toString(), null, "there is no such file or folder; check the path");
  }

  /** It is a folder. */
  static FileSystemException folder(Path file) {
    return other(file, "is a folder; name a file in it");
  }

  /** It is neither a file nor a folder. */
  static FileSystemException irregular(Path file) {
    return other(file, "is not a regular file; name another one");
  }

  /** Any other refusal, with the rest of the sentence. */
  static FileSystemException other(Path file, String complaint) {
    return new FileSystemException(file.toString(), null, complaint);
  }

  /** What to tell of a failure to open or read; one that names the file already stays as it is. */
  public static IOException reading(Path file, IOException e) {
    if (String.valueOf(e.getMessage()).startsWith(file + ": ")) {
      return e;
    }
    if (e instanceof NoSuchFileException) {
      return because(e, missing(file));
    }
    boolean hidden = e instanceof FileNotFoundException && Files.exists(file);
    if (e instanceof AccessDeniedException || (hidden && !Files.isReadable(file))) {
      return because(
          e,
          new AccessDeniedException(
              file.toString(), null, "may not be read; change its permissions"));
    }
    return because(
        e, other(file, "cannot be read (" + reason(e) + "); check the file and its disk"));
  }

  /**
   * What to tell of a failure to write.
   *
   * @param folder where the file would be
   */
  public static IOException writing(Path file, Path folder, IOException e) {
    String reason = reason(e);
    String words = reason.toLowerCase(Locale.ROOT);
    if (e instanceof AccessDeniedException
        || words.contains("permission denied")
        || words.contains("read-only")
        || words.contains("not permitted")) {
      String complaint =
          "the folder "
              + folder
              + " cannot be written to; choose another or change its permissions";
      return because(e, new AccessDeniedException(file.toString(), null, complaint));
    }
    String complaint;
    if (words.contains("no space left") || words.contains("not enough space")) {
      complaint = "the disk of " + folder + " is full; free some space and try again";
    } else if (words.contains("quota")) {
      complaint = "your disk quota at " + folder + " is used up; free some space and try again";
    } else if (words.contains("name too long")) {
      complaint = "the name is too long for this disk; choose a shorter one";
    } else {
      complaint = "cannot be written (" + reason + "); choose another folder";
    }
    return because(e, other(file, complaint));
  }

  /** A few words for a failure, to stand within a sentence that names the file. */
  public static String reason(IOException e) {
    if (e instanceof AccessDeniedException) {
      return "access denied";
    }
    if (e instanceof NoSuchFileException) {
      return "no such file";
    }
    if (e instanceof FileNotFoundException && e.getMessage() != null) {
      Matcher matcher = NOT_OPENED.matcher(e.getMessage());
      return matcher.matches() ? matcher.group(1) : e.getMessage();
    }
    if (e instanceof FileSystemException failure && failure.getReason() != null) {
      return failure.getReason();
    }
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static IOException because(IOException cause, FileSystemException told) {
    told.initCause(cause);
    return told;
  }
}
