package org.nin4j.interchange.numpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.error.InvalidFileException;
import org.nin4j.interchange.internal.ChangingFile;
import org.nin4j.interchange.internal.ZipBytes;
import org.nin4j.io.Model;
import org.nin4j.io.Models;

/** Whatever an archive holds, it gives a model or one sentence that says what is wrong. */
class NpzDefectsTest {
  private static final byte[] ONE = NpyBytes.of("<f4", "(1,)", NpyBytes.floats(1));

  @TempDir Path folder;

  private String refusal(ZipBytes zip) throws IOException {
    return refusal(zip.bytes());
  }

  private String refusal(byte[] bytes) throws IOException {
    return refusal(Files.write(folder.resolve("x.npz"), bytes));
  }

  private static String refusal(Path file) throws IOException {
    String message =
        assertThrows(InvalidFileException.class, () -> Models.describe(file)).getMessage();
    assertEquals(
        message, assertThrows(InvalidFileException.class, () -> Models.read(file)).getMessage());
    assertTrue(message.startsWith(file + ": "), message);
    assertEquals(1, message.lines().count(), message);
    return message;
  }

  private static void contains(String complaint, String message) {
    assertTrue(message.contains(complaint), message);
  }

  @Test
  void anEntryThatIsNoArrayIsRefused() throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.stored("a.npy", ONE);
    zip.stored("data.pkl", "cos\nsystem\n");
    contains("holds an entry 'data.pkl' that is not an array", refusal(zip));
    ZipBytes folders = new ZipBytes();
    folders.stored("a/", "");
    contains("holds an entry 'a/' that is not an array", refusal(folders));
  }

  @Test
  void arraysOfObjectsAndTextsAreRefusedByTheirNames() throws IOException {
    ZipBytes objects = new ZipBytes();
    objects.stored("a.npy", ONE);
    objects.stored("b.npy", NpyBytes.of("|O", "(1,)", new byte[9]));
    contains(": array 'b' holds Python objects (dtype object)", refusal(objects));
    ZipBytes texts = new ZipBytes();
    texts.stored("names.npy", NpyBytes.of("<U1", "(1,)", new byte[4]));
    contains(": array 'names' holds text, not numbers", refusal(texts));
  }

  @Test
  void arraysOfOneNameAreRefused() throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.stored("a.npy", ONE);
    zip.stored("a.npy", ONE);
    contains("has two entries 'a.npy'", refusal(zip));
  }

  @Test
  void anArrayThatIsShorterOrLongerThanItsEntryIsRefused() throws IOException {
    for (int length : new int[] {ONE.length - 1, ONE.length + 1, 5, 0}) {
      ZipBytes stored = new ZipBytes();
      stored.stored("a.npy", Arrays.copyOf(ONE, length));
      contains(": array 'a' ", refusal(stored));
      ZipBytes deflated = new ZipBytes();
      deflated.deflated("a.npy", Arrays.copyOf(ONE, length));
      contains(": array 'a' ", refusal(deflated));
    }
  }

  @Test
  void nothingAndOtherBytesAreNoArchives() throws IOException {
    refusal(new byte[0]);
    refusal(new byte[100]);
    refusal(new byte[] {80, 75, 3, 4});
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {                    | not valid JSON
          {}x                  | Unrecognized token 'x'
          []                   | must be
          {"a":1}              | must be
          {"a":{}}             | must be
          {"a":"","a":""}      | Duplicate
          ``                   | empty
          """)
  void metadataThatAreNoJsonObjectOfTextsAreRefused(String json, String complaint)
      throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.stored("__metadata__.npy", text("<U" + json.length(), "()", json));
    String message = refusal(zip);
    contains("array '__metadata__'", message);
    contains(complaint, message);
  }

  private static byte[] text(String descr, String shape, String text) {
    ByteOrder order = descr.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    byte[] points =
        NpyBytes.data(4 * text.length(), order, bytes -> text.chars().forEach(bytes::putInt));
    return NpyBytes.of(descr, shape, points);
  }

  @Test
  void metadataThatAreNoTextAreRefused() throws IOException {
    for (byte[] array :
        new byte[][] {
          ONE,
          text("<U1", "(2,)", "{}"),
          text("<U2", "()", "\ud83d}"),
          NpyBytes.of("<U1", "()", new byte[] {0, 0, 0x11, 0}),
          NpyBytes.of("<U1", "()", new byte[] {-1, -1, -1, -1}),
          NpyBytes.of("<U4194305", "()", new byte[4 * 4194305])
        }) {
      ZipBytes zip = new ZipBytes();
      zip.deflated("__metadata__.npy", array);
      contains(": array '__metadata__' ", refusal(zip));
    }
  }

  @Test
  void metadataMayBeBigEndianAndEndInZeros() throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.stored("__metadata__.npy", text(">U12", "()", "{\"a\":\"b\"}\0\0\0"));
    Path file = Files.write(folder.resolve("x.npz"), zip.bytes());
    assertEquals("{a=b}", Models.describe(file).metadata().toString());
  }

  /** What is compressed a thousandfold would take more memory than there is. */
  @Test
  void compressedArraysThatWouldTakeMuchMoreMemoryThanTheFileAreRefused() throws IOException {
    ZipBytes zip = new ZipBytes();
    ZipBytes.Entry bomb = zip.stored("bomb.npy", bomb(100 << 20));
    bomb.method = 8;
    bomb.size = NpyBytes.of("|i1", "(104857600,)", new byte[0]).length + (100 << 20);
    bomb.localSize = bomb.size;
    bomb.crc = 0;
    bomb.localCrc = 0;
    String message = refusal(zip);
    contains("has compressed arrays that would take 419430400 bytes of memory", message);
    ZipBytes many = new ZipBytes();
    byte[] part = NpyBytes.of("<f4", "(1048576,)", new byte[4 << 20]);
    for (int i = 0; i < 17; i++) {
      many.deflated(i + ".npy", part);
    }
    contains("has compressed arrays that would take 71303168 bytes", refusal(many));
  }

  /** An array of zeros, deflated piece by piece. */
  private static byte[] bomb(int count) {
    Deflater deflater = new Deflater(1, true);
    byte[] packed = new byte[1 << 20];
    int length = 0;
    deflater.setInput(NpyBytes.of("|i1", "(" + count + ",)", new byte[0]));
    length += deflater.deflate(packed, length, packed.length - length);
    byte[] chunk = new byte[1 << 20];
    for (int done = 0; done < count; done += chunk.length) {
      deflater.setInput(chunk);
      while (!deflater.needsInput()) {
        length += deflater.deflate(packed, length, packed.length - length);
      }
    }
    deflater.finish();
    while (!deflater.finished()) {
      length += deflater.deflate(packed, length, packed.length - length);
    }
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  @Test
  void everyChangeOfAByteGivesTheSameArraysOrASentence() throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.stored("__metadata__.npy", text("<U9", "()", "{\"a\":\"b\"}"));
    zip.stored("x.npy", NpyBytes.of("<f4", "(2,)", NpyBytes.floats(1, 2)));
    zip.deflated("y.npy", NpyBytes.of(">f8", "(1,)", new byte[] {64, 8, 0, 0, 0, 0, 0, 0}));
    Path file = folder.resolve("x.npz");
    int refused = 0;
    try (ChangingFile bytes = new ChangingFile(file, zip.bytes())) {
      for (int at = 0; at < bytes.length(); at++) {
        for (int change = 1; change < 256; change *= 8) {
          bytes.set(at, bytes.get(at) ^ change);
          refused += isRefused(file) ? 1 : 0;
        }
        bytes.restore(at);
      }
      int most = 3 * bytes.length();
      assertTrue(refused > most * 2 / 3, refused + " of " + most + " refused");
    }
  }

  private static boolean isRefused(Path file) throws IOException {
    try (NpzFile npz = NpzFile.open(file)) {
      for (String name : npz.tensors().keySet()) {
        float[] values = npz.floats(name);
        assertEquals(name.equals("y") ? "[3.0]" : "[1.0, 2.0]", Arrays.toString(values));
      }
      return false;
    } catch (InvalidFileException e) {
      assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
      return true;
    }
  }

  @Test
  void aChangeOfAModelGivesTheSameModelOrASentence() throws IOException {
    Path file = folder.resolve("model.npz");
    Model model = NpzModelTest.model(true);
    Models.write(file, model);
    try (ChangingFile bytes = new ChangingFile(file)) {
      for (int at = 0; at < bytes.length(); at += 19) {
        bytes.set(at, bytes.get(at) ^ 1);
        try {
          Model read = Models.read(file);
          assertTrue(sameBits(model.weights(), read.weights()), "byte " + at);
          assertEquals(model.network(), read.network());
          assertEquals(model.provenance(), read.provenance());
        } catch (InvalidFileException e) {
          assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
        }
        bytes.restore(at);
      }
    }
  }

  @Test
  void anArchiveThatIsCutOffAnywhereIsRefused() throws IOException {
    ZipBytes zip = new ZipBytes();
    zip.stored("a.npy", ONE);
    zip.deflated("b.npy", ONE);
    Path file = folder.resolve("x.npz");
    try (ChangingFile bytes = new ChangingFile(file, zip.bytes())) {
      for (int length = bytes.length() - 1; length >= 0; length--) {
        bytes.cut(length);
        refusal(file);
      }
    }
  }
}
