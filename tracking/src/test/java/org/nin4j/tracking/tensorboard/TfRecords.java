package org.nin4j.tracking.tensorboard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.tensorflow.util.Event;

/**
 * Reads files of TFRecords, as TensorFlow's documentation describes the format, with a CRC-32C of
 * its own and with the messages that TensorFlow publishes.
 */
final class TfRecords {
  private static final int REVERSED_CASTAGNOLI = 0x82F63B78;

  private TfRecords() {}

  /** Reads the events of the only event file in a folder. */
  static List<Event> inFolder(Path folder) throws IOException {
    List<Path> files = files(folder);
    if (files.size() != 1) {
      throw new AssertionError(files + " are not one event file");
    }
    return events(Files.readAllBytes(files.get(0)));
  }

  /** Returns the event files in a folder by their names. */
  static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().contains("tfevents"))
          .sorted()
          .toList();
    }
  }

  /** Reads events up to the end, or to a record that is not complete. */
  static List<Event> events(byte[] bytes) throws IOException {
    List<Event> events = new ArrayList<>();
    for (byte[] record : records(bytes)) {
      events.add(Event.parseFrom(record));
    }
    return events;
  }

  private static List<byte[]> records(byte[] bytes) {
    List<byte[]> records = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    while (in.remaining() >= 12) {
      int start = in.position();
      long length = in.getLong();
      requireChecksum(Arrays.copyOfRange(bytes, start, start + 8), in.getInt());
      if (in.remaining() < length + 4) {
        break;
      }
      byte[] data = new byte[(int) length];
      in.get(data);
      requireChecksum(data, in.getInt());
      records.add(data);
    }
    return records;
  }

  private static void requireChecksum(byte[] data, int expected) {
    if (maskedCrc(data) != expected) {
      throw new UncheckedIOException(new IOException("a checksum is wrong"));
    }
  }

  static int maskedCrc(byte[] data) {
    int crc = crc(data);
    return ((crc >>> 15) | (crc << 17)) + 0xA282EAD8;
  }

  /** CRC-32C, bit by bit. */
  static int crc(byte[] data) {
    int crc = ~0;
    for (byte next : data) {
      crc ^= next & 0xFF;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ REVERSED_CASTAGNOLI;
      }
    }
    return ~crc;
  }
}
