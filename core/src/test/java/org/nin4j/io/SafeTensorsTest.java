package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.nn.Shape;

class SafeTensorsTest {
  /** Signalling and quiet NaNs with payloads, both zeros, the smallest denormals, infinities. */
  private static final int[] AWKWARD_BITS = {
    0x7f800001, 0xffc12345, 0x7fc00000, 0x80000000, 0, 1, 0x807fffff, 0x7f800000, 0xff800000
  };

  @TempDir Path folder;

  @Test
  void everyBitOfEveryFloatSurvives() throws IOException {
    float[] awkward = new float[AWKWARD_BITS.length];
    for (int i = 0; i < awkward.length; i++) {
      awkward[i] = Float.intBitsToFloat(AWKWARD_BITS[i]);
    }
    Path file = folder.resolve("awkward.safetensors");
    SafeTensors.write(
        file, Map.of(), List.of(NamedTensor.of("x", Shape.of(awkward.length), awkward)));
    float[] read = SafeTensors.read(file).tensors().get(0).values();
    for (int i = 0; i < awkward.length; i++) {
      assertEquals(AWKWARD_BITS[i], Float.floatToRawIntBits(read[i]), "value " + i);
    }
  }

  @Test
  void aFileMadeByHandFromTheSpecificationIsRead() throws IOException {
    byte[] bytes =
        HandMadeFile.bytes(
            "{\"b\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[24,28]},"
                + " \"a\" : {\"data_offsets\":[0,24],\"shape\":[2, 3],\"dtype\":\"F32\"},"
                + "\"none\":{\"dtype\":\"F32\",\"shape\":[4,0,9],\"data_offsets\":[28,28]},"
                + "\"__metadata__\":{\"größe\":\"\\u00e9 \\\"x\\\"\",\"empty\":\"\"}}   ",
            HandMadeFile.data(1, -2, 3.5f, 0, 5e-20f, 6, 7));
    SafeTensors read = SafeTensors.read(HandMadeFile.write(folder, bytes));

    assertEquals(Map.of("größe", "é \"x\"", "empty", ""), read.metadata());
    assertEquals(
        List.of("a F32 2x3", "b F32 scalar", "none F32 4x0x9"),
        read.tensors().stream().map(NamedTensor::toString).toList());
    assertArrayEquals(new float[] {1, -2, 3.5f, 0, 5e-20f, 6}, read.tensors().get(0).values());
    assertArrayEquals(new float[] {7}, read.tensors().get(1).values());
    assertEquals(0, read.tensors().get(2).values().length);
  }

  @Test
  void whatIsWrittenIsTheSpecificationByteForByte() throws Exception {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("z", "ä\n");
    metadata.put("a", "1");
    Path file = folder.resolve("x.safetensors");
    SafeTensors.write(
        file,
        metadata,
        List.of(
            new NamedTensor("w", List.of(1L, 2L), new float[] {1, 2}),
            new NamedTensor("s", List.of(), new float[] {-3}),
            new NamedTensor("e", List.of(0L, 7L), new float[0])));

    String blank =
        "{\"__metadata__\":{\"nin4j.sha256\":\""
            + "0".repeat(64)
            + "\",\"z\":\"ä\\n\",\"a\":\"1\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]},"
            + "\"s\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[8,12]},"
            + "\"e\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[12,12]}}";
    int length = blank.getBytes(StandardCharsets.UTF_8).length;
    blank += " ".repeat((8 - length % 8) % 8);
    byte[] data = HandMadeFile.data(1, 2, -3);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(HandMadeFile.bytes(blank, data));
    String header = blank.replace("0".repeat(64), HexFormat.of().formatHex(digest));
    assertArrayEquals(HandMadeFile.bytes(header, data), Files.readAllBytes(file));
  }

  @Test
  void randomContentIsLaidOutAsAnIndependentReaderExpectsAndReadBack() throws IOException {
    Random random = new Random(7);
    for (int round = 0; round < 50; round++) {
      List<NamedTensor> tensors = new ArrayList<>();
      for (int i = random.nextInt(6); i > 0; i--) {
        List<Long> dims = new ArrayList<>();
        int count = 1;
        for (int rank = random.nextInt(4); rank > 0; rank--) {
          int dim = random.nextInt(5) == 0 ? 0 : 1 + random.nextInt(40);
          dims.add((long) dim);
          count *= dim;
        }
        float[] values = new float[count];
        for (int k = 0; k < count; k++) {
          values[k] = (float) random.nextGaussian();
        }
        tensors.add(new NamedTensor("t" + random.nextInt() + "é" + i, dims, values));
      }
      Map<String, String> metadata = Map.of("round", "" + round);
      Path file = folder.resolve("random.safetensors");
      SafeTensors.write(file, metadata, tensors);

      checkByTinyReader(Files.readAllBytes(file), tensors);
      SafeTensors read = SafeTensors.read(file);
      assertEquals(metadata, read.metadata());
      assertEquals(
          tensors.stream().map(NamedTensor::toString).toList(),
          read.tensors().stream().map(NamedTensor::toString).toList());
      for (int i = 0; i < tensors.size(); i++) {
        assertArrayEquals(tensors.get(i).values(), read.tensors().get(i).values());
      }
    }
  }

  private static void checkByTinyReader(byte[] file, List<NamedTensor> expected)
      throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int dataStart = 8 + (int) bytes.getLong(0);
    assertEquals(0, dataStart % 8, "alignment of the data");
    assertEquals('{', file[8]);
    JsonNode header =
        new ObjectMapper().readTree(new String(file, 8, dataStart - 8, StandardCharsets.UTF_8));
    assertEquals(expected.size() + 1, header.size());
    int next = 0;
    for (NamedTensor tensor : expected) {
      JsonNode entry = header.get(tensor.name());
      assertEquals("F32", entry.get("dtype").asText());
      List<Long> dims = new ArrayList<>();
      entry.get("shape").forEach(dim -> dims.add(dim.asLong()));
      assertEquals(tensor.dims(), dims);
      assertEquals(next, entry.get("data_offsets").get(0).asInt());
      for (float value : tensor.values()) {
        assertEquals(value, bytes.getFloat(dataStart + next));
        next += 4;
      }
      assertEquals(next, entry.get("data_offsets").get(1).asInt());
    }
    assertEquals(file.length, dataStart + next);
  }

  @Test
  void aTensorOfManyPiecesIsReadWhole() throws IOException {
    float[] values = new float[100_003];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    Path file = folder.resolve("long.safetensors");
    SafeTensors.write(
        file, Map.of(), List.of(NamedTensor.of("long", Shape.of(values.length), values)));
    assertArrayEquals(values, SafeTensors.read(file).tensors().get(0).values());
  }

  @Test
  void equalContentGivesEqualBytes() throws IOException {
    List<NamedTensor> tensors = List.of(new NamedTensor("x", List.of(2L), new float[] {1, 2}));
    SafeTensors.write(folder.resolve("1"), Map.of("k", "v"), tensors);
    SafeTensors.write(folder.resolve("2"), Map.of("k", "v"), tensors);
    assertEquals(-1, Files.mismatch(folder.resolve("1"), folder.resolve("2")));
  }

  @Test
  void otherFloatFormatsAreConvertedAndRemembered() throws IOException {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    data.writeBytes(HandMadeFile.littleEndian(Double.doubleToRawLongBits(0.1), 8));
    data.writeBytes(HandMadeFile.littleEndian(0xbfc0, 2)); // BF16 -1.5
    data.writeBytes(HandMadeFile.littleEndian(0x3555, 2)); // F16 nearest to 1/3
    byte[] bytes =
        HandMadeFile.bytes(
            "{\"d\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},"
                + "\"b\":{\"dtype\":\"BF16\",\"shape\":[1],\"data_offsets\":[8,10]},"
                + "\"h\":{\"dtype\":\"F16\",\"shape\":[1],\"data_offsets\":[10,12]}}",
            data.toByteArray());
    List<NamedTensor> read = SafeTensors.read(HandMadeFile.write(folder, bytes)).tensors();
    assertArrayEquals(new float[] {0.1f}, read.get(0).values());
    assertArrayEquals(new float[] {-1.5f}, read.get(1).values());
    assertArrayEquals(new float[] {0.33325195f}, read.get(2).values());
    assertEquals(
        List.of(Dtype.F64, Dtype.BF16, Dtype.F16), read.stream().map(NamedTensor::dtype).toList());
  }

  @Test
  void everyHalfFloatHasItsValue() {
    ByteBuffer bytes = ByteBuffer.allocate(2).order(ByteOrder.LITTLE_ENDIAN);
    float[] value = new float[1];
    for (int bits = 0; bits < 1 << 16; bits++) {
      Floats.decode(Dtype.F16, bytes.putShort(0, (short) bits), value, 0, 1);
      int exponent = bits >> 10 & 31;
      int fraction = bits & 1023;
      double sign = bits < 1 << 15 ? 1 : -1;
      if (exponent == 31) {
        assertTrue(fraction == 0 ? value[0] == sign / 0.0 : Float.isNaN(value[0]));
      } else {
        double lead = exponent == 0 ? 0 : 1024;
        double expected = sign * (lead + fraction) * Math.pow(2, Math.max(exponent, 1) - 25);
        assertEquals(expected, (double) value[0], "bits " + bits);
      }
    }
  }

  @Test
  void whatNoReaderCouldReadIsNotWritten() {
    NamedTensor tensor = new NamedTensor("x", List.of(), new float[] {1});
    refuses(Map.of(), List.of(tensor, tensor), "two tensors are called 'x'");
    refuses(
        Map.of(),
        List.of(new NamedTensor("__metadata__", List.of(), new float[] {1})),
        "may not be called __metadata__");
    refuses(Map.of("nin4j.sha256", "x"), List.of(), "are added on writing");
    refuses(Map.of("half", "\ud800"), List.of(), "'\\ud800' is not Unicode text");
    assertTrue(
        assertThrows(
                IllegalArgumentException.class,
                () -> new NamedTensor("x", List.of(2L, 3L), new float[5]))
            .getMessage()
            .contains("of shape 2x3 needs 6 values, but got 5"));
  }

  private void refuses(Map<String, String> metadata, List<NamedTensor> tensors, String words) {
    Path file = folder.resolve("refused");
    IllegalArgumentException e =
        assertThrows(
            IllegalArgumentException.class, () -> SafeTensors.write(file, metadata, tensors));
    assertTrue(e.getMessage().contains(words), e.getMessage());
    assertTrue(Files.notExists(file));
  }
}
