package org.nin4j.tracking.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.util.Event;

class EventFileTest {
  @TempDir Path folder;

  private static ProtoMessage event(long step) {
    return new ProtoMessage().real(1, 1.5).integer(2, step);
  }

  /** Writes five events of various lengths. */
  private byte[] file() throws IOException {
    try (EventFile file = EventFile.createIn(folder)) {
      for (int i = 0; i < 5; i++) {
        file.write(event(i).message(5, new Summary().text("t", "x".repeat(60 * i)).message()));
      }
    }
    return Files.readAllBytes(TfRecords.files(folder).get(0));
  }

  /** From RFC 3720, B.4, and from the tests of TensorBoard's data server. */
  @Test
  void checksumsArePublishedOnes() {
    assertEquals(0x8A9136AA, TfRecords.crc(new byte[32]));
    byte[] record = "\u001a\u0011CRC test, one two".getBytes(StandardCharsets.ISO_8859_1);
    assertEquals(0x5794D08A, EventFile.maskedCrc(record));
    assertEquals(0x224B7FA3, EventFile.maskedCrc(new byte[] {24, 0, 0, 0, 0, 0, 0, 0}));
  }

  @Test
  void checksumsAreThoseOfASecondImplementation() {
    Random random = new Random(1);
    for (int length = 0; length < 300; length++) {
      byte[] data = new byte[length];
      random.nextBytes(data);
      assertEquals(TfRecords.maskedCrc(data), EventFile.maskedCrc(data));
    }
  }

  @Test
  void aFileThatEndsAnywhereHoldsTheEventsBefore() throws IOException {
    byte[] whole = file();
    List<Event> all = TfRecords.events(whole);
    assertEquals(5, all.size());
    int complete = 0;
    for (int length = 0; length <= whole.length; length++) {
      List<Event> read = TfRecords.events(Arrays.copyOf(whole, length));
      assertEquals(all.subList(0, read.size()), read);
      assertTrue(read.size() >= complete, "an event is lost at " + length);
      complete = read.size();
    }
    assertEquals(5, complete);
  }

  @Test
  void everyByteOfARecordIsCovered() throws IOException {
    byte[] whole = file();
    for (int i = 0; i < 40; i++) {
      byte[] damaged = whole.clone();
      damaged[i] ^= 1;
      assertThrows(UncheckedIOException.class, () -> TfRecords.events(damaged), "byte " + i);
    }
  }

  @Test
  void numbersOfAnySizeAreRead() throws IOException {
    List<Long> steps = List.of(0L, 1L, 127L, 128L, 300L, 1L << 35, Long.MAX_VALUE);
    try (EventFile file = EventFile.createIn(folder)) {
      for (long step : steps) {
        file.write(event(step));
      }
    }
    List<Event> events = TfRecords.inFolder(folder);
    assertEquals(steps, events.stream().map(Event::getStep).toList());
    assertTrue(events.stream().allMatch(event -> event.getWallTime() == 1.5));
  }

  @Test
  void eachFileComesAfterTheOnesBefore() throws IOException {
    Path ahead =
        Files.createFile(folder.resolve("events.out.tfevents.9000000000.another-host.12.0"));
    EventFile.createIn(folder).close();
    EventFile.createIn(folder).close();
    List<Path> files = TfRecords.files(folder);
    assertEquals(ahead, files.get(0));
    assertTrue(files.get(1).toString().contains("tfevents.9000000001."), files.toString());
    assertTrue(files.get(2).toString().contains("tfevents.9000000002."), files.toString());
  }

  @Test
  void aFolderThatCannotBeUsedIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    IOException e = assertThrows(IOException.class, () -> EventFile.createIn(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
  }
}
