package org.nin4j.interchange.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.error.InvalidFileException;

/** Which tensors a checkpoint holds, and with which values. */
class CheckpointTest {
  private static final long[] TWO_BY_THREE = {2, 3};

  @TempDir Path folder;

  /** A dict of what is put between. */
  private static PickleBytes dict(PickleBytes content) {
    return PickleBytes.start().ascii("}(").hex(hex(content)).ascii("u.");
  }

  private static String hex(PickleBytes bytes) {
    return java.util.HexFormat.of().formatHex(bytes.bytes());
  }

  private static PickleBytes one(PickleBytes value) {
    return dict(new PickleBytes().text("x").hex(hex(value)));
  }

  private TorchSource open(TorchFile file) throws IOException {
    return TorchSource.open(file.write(folder));
  }

  private float[] read(TorchFile file) throws IOException {
    try (TorchSource source = open(file)) {
      return source.floats("x");
    }
  }

  private void refused(TorchFile file, String words) throws IOException {
    Path path = file.write(folder);
    InvalidFileException e = assertThrows(InvalidFileException.class, () -> read(file));
    assertTrue(e.getMessage().startsWith(path + ": "), e.getMessage());
    assertTrue(e.getMessage().contains(words), e.getMessage());
  }

  private static PickleBytes view(long numel, long offset, long[] size, long[] stride) {
    return new PickleBytes().tensor("FloatStorage", "0", numel, offset, size, stride);
  }

  private static TorchFile six(long offset, long[] size, long[] stride) {
    return new TorchFile(one(view(6, offset, size, stride))).floats("0", 0, 1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          double        | DoubleStorage   | 0000000000000440 000000000000e0bf | 2.5, -0.5
          float         | FloatStorage    | 00002040 000000bf                 | 2.5, -0.5
          half          | HalfStorage     | 0041 00b8                         | 2.5, -0.5
          bfloat16      | BFloat16Storage | 2040 00bf                         | 2.5, -0.5
          signed bytes  | CharStorage     | 02 ff                             | 2.0, -1.0
          bytes         | ByteStorage     | 02 ff                             | 2.0, 255.0
          """)
  void everyTypeThatReadsAsFloats(String name, String type, String bytes, String values)
      throws IOException {
    PickleBytes pickle = one(new PickleBytes().vector(type, "0", 2));
    TorchFile file = new TorchFile(pickle);
    file.record("data/0", java.util.HexFormat.of().parseHex(bytes.replace(" ", "")));
    float[] read = read(file);
    assertEquals(values, read[0] + ", " + read[1], name);
  }

  @ParameterizedTest
  @CsvSource({
    "ShortStorage, 2, I16 1",
    "IntStorage, 4, I32 1",
    "LongStorage, 8, I64 1",
    "BoolStorage, 1, BOOL 1"
  })
  void integersAreListedButAreNoWeights(String type, int size, String info) throws IOException {
    TorchFile file =
        new TorchFile(one(new PickleBytes().vector(type, "0", 1))).record("data/0", new byte[size]);
    try (TorchSource source = open(file)) {
      assertEquals(info, source.tensors().get("x").toString());
    }
    refused(file, "tensor 'x' is " + info + ", and weights are floating point");
  }

  @Test
  void viewsAreCopiedInRowMajorOrder() throws IOException {
    assertArrayEquals(
        new float[] {0, 1, 2, 3, 4, 5}, read(six(0, TWO_BY_THREE, new long[] {3, 1})));
    assertArrayEquals(
        new float[] {0, 2, 4, 1, 3, 5}, read(six(0, TWO_BY_THREE, new long[] {1, 2})));
    assertArrayEquals(new float[] {2, 5}, read(six(2, new long[] {2}, new long[] {3})));
    assertArrayEquals(
        new float[] {1, 3, 5}, read(six(1, new long[] {1, 3, 1}, new long[] {99, 2, 7})));
    assertArrayEquals(new float[] {5}, read(six(5, new long[0], new long[0])));
    assertArrayEquals(new float[0], read(six(6, new long[] {0, 9}, new long[] {9, 1})));
  }

  @Test
  void tensorsMayShareAStorage() throws IOException {
    PickleBytes both = new PickleBytes();
    both.text("a").tensor("FloatStorage", "0", 3, 0, new long[] {2}, new long[] {1});
    both.text("x").tensor("FloatStorage", "0", 3, 1, new long[] {2}, new long[] {1});
    try (TorchSource source = open(new TorchFile(dict(both)).floats("0", 7, 8, 9))) {
      assertArrayEquals(new float[] {7, 8}, source.floats("a"));
      assertArrayEquals(new float[] {8, 9}, source.floats("x"));
    }
  }

  @Test
  void manyTensorsOfOneStorageAreRefused() throws IOException {
    PickleBytes views = new PickleBytes();
    for (int i = 0; i < 6; i++) {
      views.text("x" + i).vector("CharStorage", "0", 1 << 20);
    }
    refused(
        new TorchFile(dict(views)).record("data/0", new byte[1 << 20]),
        "claims 6291456 values for its tensors, but has only 10");
  }

  @Test
  void theByteOrderIsTheFiles() throws IOException {
    byte[] big =
        TorchFile.bytes(
            buffer -> buffer.asFloatBuffer().put(new float[] {1.5f, -3}),
            4,
            2,
            ByteOrder.BIG_ENDIAN);
    PickleBytes pickle = one(new PickleBytes().vector("FloatStorage", "0", 2));
    assertArrayEquals(
        new float[] {1.5f, -3},
        read(new TorchFile(pickle).record("data/0", big).record("byteorder", "big")));
    refused(
        new TorchFile(pickle).record("data/0", big).record("byteorder", "middle"),
        "has the byte order 'middle', which is neither little nor big");
  }

  @Test
  void aTensorOutsideOfItsStorageIsRefused() throws IOException {
    refused(
        six(1, TWO_BY_THREE, new long[] {3, 1}),
        "tensor 'x' (F32 2x3) ends beyond its storage of 6 elements");
    refused(six(0, TWO_BY_THREE, new long[] {4, 1}), "ends beyond its storage");
    refused(six(7, new long[] {0}, new long[] {1}), "ends beyond its storage");
    refused(six(Long.MAX_VALUE, new long[] {1}, new long[] {1}), "ends beyond its storage");
    refused(six(-1, new long[] {2}, new long[] {1}), "the offset -1, and no tensor has");
    refused(six(5, new long[] {2}, new long[] {-1}), "the stride [-1]");
    refused(six(0, new long[] {-2}, new long[] {1}), "has the size [-2]");
    refused(six(0, new long[] {2}, new long[0]), "has the size [2], the stride []");
    refused(
        six(0, new long[] {1L << 32, 1L << 32}, new long[] {0, 0}), "is too large for any file");
    refused(
        six(0, new long[] {1L << 40, 2}, new long[] {1L << 40, 1}), "is too large for any file");
    refused(
        six(0, new long[] {1 << 30}, new long[] {0}),
        "tensor 'x' (F32 1073741824) repeats elements of its storage; save it after");
  }

  @Test
  void aStorageThatIsNotItsRecordIsRefused() throws IOException {
    PickleBytes pickle = one(new PickleBytes().vector("FloatStorage", "0", 2));
    refused(
        new TorchFile(pickle),
        "is stored in a record 'data/0' that is missing; the file is damaged");
    refused(
        new TorchFile(pickle).floats("0", 1),
        "is stored in 'm/data/0', which has 4 bytes and not 2 elements of F32");
    refused(new TorchFile(pickle).floats("0", 1, 2, 3), "has 12 bytes and not 2 elements");
    refused(new TorchFile(pickle).record("data/0", new byte[9]), "has 9 bytes and not 2");
    PickleBytes huge = one(new PickleBytes().vector("FloatStorage", "0", 1L << 62));
    refused(new TorchFile(huge).floats("0"), "has 0 bytes and not 4611686018427387904 elements");
    PickleBytes elsewhere = one(new PickleBytes().vector("FloatStorage", "../version", 2));
    refused(new TorchFile(elsewhere), "'data/../version' that is missing");
  }

  @Test
  void damagedNumbersDoNotMatchTheirChecksum() throws IOException {
    TorchFile file = six(0, new long[] {1}, new long[] {1});
    byte[] bytes = file.zip().bytes();
    Path path = file.write(folder);
    int last =
        new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("\0\0\u00a0@");
    bytes[last] ^= 1; // of a number that the tensor does not even use
    java.nio.file.Files.write(path, bytes);
    try (TorchSource source = TorchSource.open(path)) {
      IOException e = assertThrows(IOException.class, () -> source.floats("x"));
      assertTrue(e.getMessage().contains("'m/data/0' does not match its checksum"), e.getMessage());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"state_dict", "model_state_dict", "model", "net", "module"})
  void aCheckpointHoldsAStateDictUnderOneOfTheUsualKeys(String key) throws IOException {
    PickleBytes checkpoint = new PickleBytes().text("epoch").number(3).text(key).ascii("}");
    checkpoint.text("x").vector("FloatStorage", "0", 2).ascii("s");
    checkpoint.text("optimizer").ascii("}").text("y").vector("FloatStorage", "0", 2).ascii("s");
    try (TorchSource source = open(new TorchFile(dict(checkpoint)).floats("0", 1, 2))) {
      assertEquals(List.of("x"), List.copyOf(source.tensors().keySet()));
      assertEquals(Optional.of(key), source.stateDict().key());
      assertEquals("'epoch' (3), 'optimizer' (dict of 1)", source.stateDict().besidesText());
      assertArrayEquals(new float[] {1, 2}, source.floats("x"));
    }
  }

  @Test
  void aStateDictByItselfKeepsItsOrder() throws IOException {
    PickleBytes tensors = new PickleBytes();
    for (String name : List.of("model", "b.weight", "a.weight", "a.num_batches_tracked")) {
      tensors.text(name).vector("FloatStorage", "0", 1);
    }
    try (TorchSource source = open(new TorchFile(dict(tensors)).floats("0", 1))) {
      assertEquals(Optional.empty(), source.stateDict().key());
      assertEquals(Map.of(), source.stateDict().besides());
      assertEquals(
          List.of("model", "b.weight", "a.weight", "a.num_batches_tracked"),
          List.copyOf(source.tensors().keySet()));
    }
  }

  @Test
  void whatHoldsNoStateDictIsRefused() throws IOException {
    String remedy = "; save one in Python: torch.save(model.state_dict(), \"weights.pt\")";
    refused(
        new TorchFile(PickleBytes.start().vector("FloatStorage", "0", 1).ascii(".")).floats("0", 1),
        "holds a tensor F32 [1] and no state_dict" + remedy);
    refused(new TorchFile(PickleBytes.start().ascii("].")), "holds a list of 0 and no state_dict");
    refused(
        new TorchFile(dict(new PickleBytes().text("epoch").number(3))),
        "holds no state_dict, neither by itself nor under one of state_dict, model_state_dict");
    PickleBytes twice = new PickleBytes();
    twice.text("x").vector("FloatStorage", "0", 1).text("x").vector("FloatStorage", "0", 1);
    refused(new TorchFile(dict(twice)).floats("0", 1), "holds two tensors 'x'");
  }

  @Test
  void aForeignNameIsToldWithTheFileAndItsPlace() throws IOException {
    PickleBytes pickle =
        PickleBytes.start().global("os", "system").text("rm").hex("85").ascii("R.");
    refused(
        new TorchFile(pickle),
        "its data.pkl names Python's 'os.system', and only tensors and plain values are read, at"
            + " byte 2 of it; save only the state_dict in Python:"
            + " torch.save(model.state_dict(), \"weights.pt\")");
  }
}
