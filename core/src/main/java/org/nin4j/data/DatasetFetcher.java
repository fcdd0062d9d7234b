package org.nin4j.data;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.nin4j.data.CatalogueEntry.CatalogueFile;
import org.nin4j.internal.CacheFolder;
import org.nin4j.internal.FileErrors;

/**
 * Fetches data sets of the {@link Catalogue} into the cache folder, where {@link Datasets#open}
 * finds them: the one named by the environment variable {@code NIN4J_CACHE}, or else {@code nin4j}
 * in the user's cache folder. A data set appears there complete and checked, or not at all: its
 * files are gathered in a hidden folder next to it, which is then renamed.
 */
public final class DatasetFetcher {
  private final Path cache;
  private final FetchListener listener;

  /**
   * Creates a fetcher.
   *
   * @param listener receives the progress
   */
  public DatasetFetcher(FetchListener listener) {
    this(CacheFolder.locate(), listener);
  }

  /**
   * @param cache the folder of all data sets; made if needed
   */
  DatasetFetcher(Path cache, FetchListener listener) {
    this.cache = cache;
    this.listener = listener;
  }

  /**
   * Fetches a data set; one of that name which was fetched before is replaced.
   *
   * @param entry the data set
   * @param from http(s) address or local folder that holds the files; {@link CatalogueEntry#source}
   *     is where they are published
   * @param verify whether to insist on the published digests; that the files can be read is checked
   *     in any case
   * @return the folder of the data set
   * @throws IOException if a file cannot be fetched or is not what it should be, or the cache
   *     cannot be written; the message says which and why
   */
  public Path fetch(CatalogueEntry entry, String from, boolean verify) throws IOException {
    FileSource source = FileSource.of(from);
    Path target = cache.resolve(entry.name());
    Path gathered = makeFolder(entry);
    Thread onExit = new Thread(() -> deleteQuietly(gathered));
    Runtime.getRuntime().addShutdownHook(onExit);
    try {
      for (CatalogueFile file : entry.files()) {
        source.fetch(file.name(), gathered, listener);
      }
      checkSoundness(entry, gathered, from);
      if (verify) {
        for (CatalogueFile file : entry.files()) {
          checkDigest(file, gathered, from);
        }
      }
      replace(target, gathered);
      return target;
    } catch (FileSystemException e) {
      throw unwritable(e);
    } finally {
      deleteQuietly(gathered);
      removeHook(onExit);
    }
  }

  private Path makeFolder(CatalogueEntry entry) throws IOException {
    try {
      Files.createDirectories(cache);
      String prefix = "." + entry.name() + ".part";
      deleteLeftovers(prefix);
      String unique = ProcessHandle.current().pid() + "-" + System.nanoTime();
      return Files.createDirectory(cache.resolve(prefix + unique));
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private IOException unwritable(IOException e) {
    return new IOException(
        cache
            + ": cannot be written ("
            + FileErrors.reason(e)
            + "); name another folder in NIN4J_CACHE",
        e);
  }

  /** What killed processes left behind; younger ones may be at work. */
  private void deleteLeftovers(String prefix) throws IOException {
    Instant old = Instant.now().minus(1, ChronoUnit.DAYS);
    try (Stream<Path> entries = Files.list(cache)) {
      for (Path path : entries.toList()) {
        if (path.getFileName().toString().startsWith(prefix)
            && Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
          deleteQuietly(path);
        }
      }
    }
  }

  /** Messages name the files as the user knows them: by where they came from. */
  private static void checkSoundness(CatalogueEntry entry, Path gathered, String from)
      throws IOException {
    try {
      IdxFolder.open(gathered, entry.name(), entry.classes());
    } catch (IOException e) {
      throw new IOException(
          e.getMessage()
              .replace(gathered + gathered.getFileSystem().getSeparator(), FileSource.base(from))
              .replace(gathered.toString(), from),
          e);
    }
  }

  private static void checkDigest(CatalogueFile file, Path gathered, String from)
      throws IOException {
    Path path = IdxFolder.find(gathered, file.name());
    String found = md5(path);
    if (!found.equals(file.md5())) {
      throw new IOException(
          FileSource.base(from)
              + path.getFileName()
              + ": is not the published file: the MD5 of its decompressed content is "
              + found
              + ", not "
              + file.md5()
              + "; --no-verify takes it nevertheless");
    }
  }

  private static String md5(Path file) throws IOException {
    try (IdxStream stream = IdxStream.open(file)) {
      MessageDigest digest = MessageDigest.getInstance("MD5");
      byte[] piece = new byte[1 << 16];
      for (int read = stream.fill(piece); read > 0; read = stream.fill(piece)) {
        digest.update(piece, 0, read);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has MD5", e);
    }
  }

  private static void replace(Path target, Path gathered) throws IOException {
    if (!Files.exists(target)) {
      Files.move(gathered, target, StandardCopyOption.ATOMIC_MOVE);
      return;
    }
    Path former = gathered.resolveSibling(gathered.getFileName() + ".former");
    Files.move(target, former, StandardCopyOption.ATOMIC_MOVE);
    try {
      Files.move(gathered, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      Files.move(former, target, StandardCopyOption.ATOMIC_MOVE);
      throw e;
    }
    deleteQuietly(former);
  }

  private static void deleteQuietly(Path folder) {
    try (Stream<Path> files = Files.exists(folder) ? Files.list(folder) : Stream.of()) {
      List<Path> all = files.toList();
      for (Path file : all) {
        Files.deleteIfExists(file);
      }
      Files.deleteIfExists(folder);
    } catch (IOException e) {
      // Nothing depends on it, and the next fetch tries again.
    }
  }

  private static void removeHook(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending, and the hook at work.
    }
  }
}
