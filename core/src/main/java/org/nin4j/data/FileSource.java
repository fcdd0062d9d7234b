package org.nin4j.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import org.nin4j.internal.FileErrors;

/** Where the files of a data set come from: a web address or a folder. */
abstract class FileSource {
  /** Far above any file of the catalogue: a server that never ends must not fill the disk. */
  private static final long LARGEST_FILE = 1L << 30;

  private static final long BYTES_BETWEEN_REPORTS = 1 << 18;

  /** Copies the file of that name, plain or .gz, into a folder. */
  abstract void fetch(String name, Path folder, FetchListener listener) throws IOException;

  static FileSource of(String from) throws IOException {
    return of(from, Duration.ofSeconds(30));
  }

  /**
   * @param patience how long a server may stay silent
   */
  static FileSource of(String from, Duration patience) throws IOException {
    if (isWeb(from)) {
      return new Web(base(from), (int) patience.toMillis());
    }
    Path folder;
    try {
      folder = Path.of(from);
    } catch (InvalidPathException e) {
      throw new IOException("'" + from + "' is neither a web address nor a folder", e);
    }
    if (!Files.isDirectory(folder)) {
      throw new IOException("'" + from + "' is neither a web address nor a folder");
    }
    return new Folder(folder);
  }

  /** With a separator at its end. */
  static String base(String from) {
    String separator = isWeb(from) ? "/" : Path.of(from).getFileSystem().getSeparator();
    return from.endsWith(separator) ? from : from + separator;
  }

  private static boolean isWeb(String from) {
    String lower = from.toLowerCase(Locale.ROOT);
    return lower.startsWith("http://") || lower.startsWith("https://");
  }

  /** Returns with the bytes on the disk, not only on their way to it. */
  private static void copy(InputStream in, long total, Path target, FetchListener listener)
      throws IOException {
    String name = target.getFileName().toString();
    try (FileChannel channel =
        FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      OutputStream out = Channels.newOutputStream(channel);
      byte[] piece = new byte[1 << 16];
      long bytes = 0;
      long reported = 0;
      for (int read = in.read(piece); read >= 0; read = in.read(piece)) {
        out.write(piece, 0, read);
        bytes += read;
        if (bytes > LARGEST_FILE) {
          throw new IOException("it does not end after 1 GB");
        }
        if (bytes - reported >= BYTES_BETWEEN_REPORTS) {
          listener.progress(name, bytes, total, false);
          reported = bytes;
        }
      }
      if (total >= 0 && bytes != total) {
        throw new IOException("it ended after " + bytes + " of " + total + " bytes");
      }
      channel.force(true);
      listener.progress(name, bytes, total, true);
    }
  }

  private static final class Folder extends FileSource {
    private final Path folder;

    Folder(Path folder) {
      this.folder = folder;
    }

    @Override
    void fetch(String name, Path target, FetchListener listener) throws IOException {
      Path file = IdxFolder.find(folder, name);
      try (InputStream in = Files.newInputStream(file)) {
        copy(in, Files.size(file), target.resolve(file.getFileName()), listener);
      } catch (IOException e) {
        throw new IOException(file + ": cannot be copied (" + FileErrors.reason(e) + ")", e);
      }
    }
  }

  private static final class Web extends FileSource {
    private final String base;
    private final int patienceMillis;

    Web(String base, int patienceMillis) {
      this.base = base;
      this.patienceMillis = patienceMillis;
    }

    @Override
    void fetch(String name, Path target, FetchListener listener) throws IOException {
      String file = name + ".gz";
      String address = base + file;
      HttpURLConnection connection = connect(address);
      try (InputStream in = open(connection)) {
        copy(in, connection.getContentLengthLong(), target.resolve(file), listener);
      } catch (SocketTimeoutException e) {
        throw failed(address, "no answer within " + patienceMillis / 1000.0 + " s", e);
      } catch (UnknownHostException e) {
        throw failed(address, "the host is not known; is there a network?", e);
      } catch (IOException e) {
        throw failed(address, FileErrors.reason(e), e);
      } finally {
        connection.disconnect();
      }
    }

    private HttpURLConnection connect(String address) throws IOException {
      try {
        HttpURLConnection connection =
            (HttpURLConnection) URI.create(address).toURL().openConnection();
        connection.setConnectTimeout(patienceMillis);
        connection.setReadTimeout(patienceMillis);
        return connection;
      } catch (IllegalArgumentException e) {
        throw failed(address, "it is not a web address", e);
      }
    }

    private static InputStream open(HttpURLConnection connection) throws IOException {
      int status = connection.getResponseCode();
      if (status != HttpURLConnection.HTTP_OK) {
        String moved = connection.getHeaderField("Location");
        throw new IOException(
            "the server answered "
                + status
                + " "
                + connection.getResponseMessage()
                + (moved == null ? "" : ", see " + moved));
      }
      return connection.getInputStream();
    }

    private static IOException failed(String address, String why, Exception cause) {
      return new IOException(
          address + ": cannot be fetched: " + why + "; --from names another address or a folder",
          cause);
    }
  }
}
