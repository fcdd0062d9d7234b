package org.nin4j.tracking.tensorboard;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.nin4j.internal.FileErrors;

/**
 * A file of events in the format of TFRecord. A record is the length of its data (8 bytes), the
 * masked CRC-32C of the length (4), the data, and the masked CRC-32C of the data (4); all numbers
 * are little-endian. Whoever reads a file while it is written, or after its process was killed,
 * finds a part of a record at the end and waits for the rest.
 */
final class EventFile implements Closeable {
  /**
   * {@code events.out.tfevents.SECONDS.HOST.PID.N}. TensorBoard looks for {@code tfevents}, and
   * reads the files of a folder in the order of their names.
   */
  private static final Pattern NAME = Pattern.compile("events\\.out\\.tfevents\\.(\\d{10})\\..*");

  private static final int BUFFER = 1 << 16;

  private final Path folder;
  private final Path path;
  private final OutputStream out;

  private EventFile(Path folder, Path path, OutputStream out) {
    this.folder = folder;
    this.path = path;
    this.out = out;
  }

  /**
   * Creates a file whose name comes after those of all event files in a folder, also after those of
   * the same second and of a clock that was ahead.
   *
   * @param folder the folder, which is created unless it exists
   * @throws IOException when the file cannot be created; the message starts with a path
   */
  static EventFile createIn(Path folder) throws IOException {
    long seconds;
    try {
      Files.createDirectories(folder);
      seconds = Math.max(Instant.now().getEpochSecond(), newest(folder) + 1);
    } catch (IOException e) {
      throw FileErrors.writing(folder, folder, e);
    }
    // The host's name is left out: looking it up can take seconds, and runs are passed on.
    String name =
        "events.out.tfevents." + seconds + ".nin4j." + ProcessHandle.current().pid() + ".0";
    Path path = folder.resolve(name);
    try {
      // A channel would refuse to work in an interrupted thread.
      return new EventFile(
          folder, path, new BufferedOutputStream(new FileOutputStream(path.toFile()), BUFFER));
    } catch (IOException e) {
      throw FileErrors.writing(path, folder, e);
    }
  }

  /** Returns the seconds in the name of the newest event file, or 0. */
  private static long newest(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> NAME.matcher(file.getFileName().toString()))
          .filter(Matcher::matches)
          .mapToLong(name -> Long.parseLong(name.group(1)))
          .max()
          .orElse(0);
    }
  }

  /**
   * Appends a record.
   *
   * @param event an Event message
   * @throws IOException when it cannot be written; the message starts with the path
   */
  void write(ProtoMessage event) throws IOException {
    byte[] data = event.toBytes();
    byte[] length = little(Long.BYTES).putLong(data.length).array();
    try {
      for (byte[] part : List.of(length, checksum(length), data, checksum(data))) {
        out.write(part);
      }
    } catch (IOException e) {
      throw FileErrors.writing(path, folder, e);
    }
  }

  /**
   * Hands all records to the operating system, so that others see them.
   *
   * @throws IOException when they cannot be written; the message starts with the path
   */
  void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException e) {
      throw FileErrors.writing(path, folder, e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      out.close();
    } catch (IOException e) {
      throw FileErrors.writing(path, folder, e);
    }
  }

  private static byte[] checksum(byte[] bytes) {
    return little(Integer.BYTES).putInt(maskedCrc(bytes)).array();
  }

  /**
   * Returns the CRC-32C of bytes, rotated and shifted by a constant, so that the checksum of data
   * that contains checksums is a good one, too.
   */
  static int maskedCrc(byte[] bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes);
    return Integer.rotateRight((int) crc.getValue(), 15) + 0xA282EAD8;
  }

  private static ByteBuffer little(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }
}
