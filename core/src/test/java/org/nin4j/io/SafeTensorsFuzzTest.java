package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeTensorsFuzzTest {
  private static final String KEY = "nin4j.sha256";

  @TempDir Path folder;

  private byte[] written() throws IOException {
    Path file = folder.resolve("valid.safetensors");
    SafeTensors.write(
        file,
        Map.of("é", "v"),
        List.of(
            new NamedTensor("a.weight", List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, 6}),
            new NamedTensor("a.bias", List.of(), new float[] {7})));
    return Files.readAllBytes(file);
  }

  private static SafeTensors readInMemory(byte[] file) throws IOException {
    return SafeTensorsReader.read(
        Path.of("fuzz.safetensors"), new ByteArrayInputStream(file), file.length);
  }

  @Test
  void everyBitFlippedInAWrittenFileIsRecognised() throws IOException {
    byte[] valid = written();
    int key = new String(valid, StandardCharsets.ISO_8859_1).indexOf(KEY);
    for (int i = 0; i < valid.length; i++) {
      // With the digest's own name changed the file is one without a digest: not damaged content.
      boolean named = i >= key && i < key + KEY.length();
      for (int bit = 0; bit < 8 && !named; bit++) {
        byte[] flipped = valid.clone();
        flipped[i] ^= (byte) (1 << bit);
        assertThrows(IOException.class, () -> readInMemory(flipped), "byte " + i + " bit " + bit);
      }
    }
  }

  @Test
  void everyTruncationIsRecognised() throws IOException {
    byte[] valid = written();
    for (int length = 0; length < valid.length; length++) {
      byte[] start = Arrays.copyOf(valid, length);
      assertThrows(IOException.class, () -> readInMemory(start), "length " + length);
    }
  }

  /** Without a digest other content may be read, but never wrongly, and no other exception. */
  @Test
  void randomBytesInAFileWithoutDigestAreReadOrRefused() throws IOException {
    byte[] data = HandMadeFile.data(1, 2, 3, 4, 5, 6, 7);
    byte[] valid =
        HandMadeFile.bytes(
            "{\"__metadata__\":{\"k\":\"\\u00e9\"},"
                + "\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,24]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[24,28]}}",
            data);
    int dataStart = valid.length - data.length;
    Random random = new Random(3);
    int read = 0;
    for (int round = 0; round < 2000; round++) {
      byte[] changed = valid.clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
      }
      try {
        SafeTensors content = readInMemory(changed);
        read++;
        int values = content.tensors().stream().mapToInt(tensor -> tensor.values().length).sum();
        assertEquals(7, values);
        assertArrayEquals(
            Arrays.copyOfRange(changed, dataStart, dataStart + 24),
            HandMadeFile.data(content.tensors().get(0).values()));
      } catch (IOException e) {
        assertTrue(e.getMessage().startsWith("fuzz.safetensors: "), e.getMessage());
      }
    }
    assertTrue(read > 50, "flips in the data alone are read: " + read);
  }
}
