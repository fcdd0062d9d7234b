package org.nin4j.interchange.numpy;

import static java.nio.ByteOrder.BIG_ENDIAN;
import static java.nio.ByteOrder.LITTLE_ENDIAN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nin4j.error.InvalidFileException;

class NpyArrayTest {
  @TempDir Path folder;

  private Path file(byte[] bytes) throws IOException {
    return Files.write(folder.resolve("x.npy"), bytes);
  }

  private float[] values(byte[] bytes) throws IOException {
    return NpyArray.read(file(bytes)).values();
  }

  private static Path copy(Path folder, String name) throws IOException {
    try (InputStream in = NpyArrayTest.class.getResourceAsStream(name)) {
      return Files.write(folder.resolve(name), in.readAllBytes());
    }
  }

  private static float[] quarters(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = i / 4f - 1;
    }
    return values;
  }

  @Test
  void anArrayComesBackBitForBit() throws IOException {
    float[] values = {0, -0f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NEGATIVE_INFINITY, 0};
    values[5] = Float.intBitsToFloat(0x7fc00001);
    Path file = folder.resolve("x.npy");
    new NpyArray(List.of(3L, 2L), values).write(file);
    NpyArray again = NpyArray.read(file);
    assertEquals(List.of(3L, 2L), again.dims());
    for (int i = 0; i < values.length; i++) {
      assertEquals(Float.floatToRawIntBits(values[i]), Float.floatToRawIntBits(again.values()[i]));
    }
  }

  /** The expected bytes are those of {@code np.save} in NumPy 2.4. */
  @Test
  void whatIsWrittenHasTheBytesThatNumPyWrites() throws IOException {
    Path file = folder.resolve("x.npy");
    new NpyArray(List.of(2L, 3L), new float[] {0, 1, 2, 3, 4, 5}).write(file);
    String dict = NpyBytes.dict("<f4", false, "(2, 3)");
    byte[] expected =
        NpyBytes.of(1, dict + " ".repeat(117 - dict.length()), NpyBytes.floats(0, 1, 2, 3, 4, 5));
    assertEquals(128 + 24, expected.length);
    assertArrayEquals(expected, Files.readAllBytes(file));
    assertArrayEquals(
        Files.readAllBytes(copy(folder, "float32-scalar.npy")),
        write(List.of(), new float[] {0.5f}));
  }

  private byte[] write(List<Long> dims, float[] values) throws IOException {
    Path file = folder.resolve("written.npy");
    new NpyArray(dims, values).write(file);
    return Files.readAllBytes(file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"float32-fortran.npy", "float64-big-endian.npy", "float16.npy"})
  void filesOfNumPyItselfAreRead(String name) throws IOException {
    NpyArray array = NpyArray.read(copy(folder, name));
    assertEquals(List.of(2L, 3L, 2L), array.dims());
    assertArrayEquals(quarters(12), array.values());
  }

  @Test
  void floatsOfEverySizeAreReadInBothByteOrders() throws IOException {
    for (ByteOrder order : List.of(LITTLE_ENDIAN, BIG_ENDIAN)) {
      String sign = order == LITTLE_ENDIAN ? "<" : ">";
      byte[] halves =
          NpyBytes.data(4, order, b -> b.putShort((short) 0x3c00).putShort((short) 0xc100));
      assertArrayEquals(new float[] {1, -2.5f}, values(NpyBytes.of(sign + "f2", "(2,)", halves)));
      byte[] singles = NpyBytes.data(8, order, b -> b.putFloat(1).putFloat(-2.5f));
      assertArrayEquals(new float[] {1, -2.5f}, values(NpyBytes.of(sign + "f4", "(2,)", singles)));
      byte[] doubles = NpyBytes.data(16, order, b -> b.putDouble(1).putDouble(0.1));
      assertArrayEquals(new float[] {1, 0.1f}, values(NpyBytes.of(sign + "f8", "(2,)", doubles)));
    }
  }

  @ParameterizedTest
  @CsvSource({"|i1, -128", "<i1, -128", ">i1, -128", "|u1, 128", "<u1, 128"})
  void bytesBecomeFloats(String descr, float expected) throws IOException {
    assertArrayEquals(
        new float[] {1, expected}, values(NpyBytes.of(descr, "(2,)", new byte[] {1, (byte) 0x80})));
  }

  @ParameterizedTest
  @CsvSource({
    "<i2, I16",
    ">i2, I16",
    "<u2, U16",
    "<i4, I32",
    ">u4, U32",
    "<i8, I64",
    "<u8, U64",
    "|b1, BOOL"
  })
  void otherNumbersAreDescribedButNotRead(String descr, String dtype) throws IOException {
    int size = descr.charAt(2) - '0';
    Path file = file(NpyBytes.of(descr, "(2,)", new byte[2 * size]));
    try (NpyReader reader = NpyReader.open(file)) {
      assertEquals(dtype, reader.dtype().toString());
      assertEquals(List.of(2L), reader.dims());
      assertThrows(InvalidFileException.class, () -> reader.read(new float[2], 2));
    }
    String message =
        assertThrows(InvalidFileException.class, () -> NpyArray.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": is " + dtype + " 2; only F32 can be used"), message);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void everyVersionOfTheFormatIsRead(int version) throws IOException {
    byte[] bytes = NpyBytes.of(version, NpyBytes.dict("<f4", false, "(2,)"), NpyBytes.floats(1, 2));
    assertArrayEquals(new float[] {1, 2}, values(bytes));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'shape': (2,), 'fortran_order': False, 'descr': '<f4'}",
        "{\"descr\":\"<f4\",\"shape\":(2,),\"fortran_order\":False,}",
        "{ 'fortran_order' : True , 'descr' : '<f4' , 'shape' : ( 2 , ) }   ",
        "{'descr': '<f4',\n 'fortran_order': False,\n 'shape': (2L,), }"
      })
  void theKeysOfTheHeaderMayComeInAnyOrder(String header) throws IOException {
    assertArrayEquals(new float[] {1, 2}, values(NpyBytes.of(1, header, NpyBytes.floats(1, 2))));
  }

  @Test
  void extentsOfZeroAndScalarsAreArrays() throws IOException {
    NpyArray none = NpyArray.read(file(NpyBytes.of("<f4", "(3, 0, 2)", new byte[0])));
    assertEquals(List.of(3L, 0L, 2L), none.dims());
    assertEquals(0, none.values().length);
    NpyArray scalar = NpyArray.read(file(NpyBytes.of("<f4", "()", NpyBytes.floats(7))));
    assertEquals(List.of(), scalar.dims());
    assertArrayEquals(new float[] {7}, scalar.values());
    String fortran = NpyBytes.dict("<f4", true, "(0, 3)");
    assertEquals(0, values(NpyBytes.of(1, fortran, new byte[0])).length);
  }

  /** Larger than every buffer; the oracle is the formula of the index. */
  @ParameterizedTest
  @CsvSource({"7, 5, 3, 11", "300, 2, 17, 9", "40000, 1, 2, 1", "1, 3, 70, 90"})
  void anArrayIsReadBatchByBatchInEitherOrder(int n, int c, int h, int w) throws IOException {
    int inner = c * h * w;
    float[] rowMajor = new float[n * inner];
    float[] fortran = new float[n * inner];
    for (int i = 0; i < rowMajor.length; i++) {
      rowMajor[i] = i;
      int x = i % w;
      int y = i / w % h;
      int z = i / (w * h) % c;
      int image = i / inner;
      fortran[image + n * (z + c * (y + h * x))] = i;
    }
    String shape = "(" + n + ", " + c + ", " + h + ", " + w + ")";
    for (boolean fortranOrder : new boolean[] {false, true}) {
      String dict = NpyBytes.dict("<f4", fortranOrder, shape);
      byte[] data = NpyBytes.floats(fortranOrder ? fortran : rowMajor);
      Path file = file(NpyBytes.of(1, dict, data));
      assertArrayEquals(rowMajor, NpyArray.read(file).values());
      int batch = n / 3 + 1;
      float[] target = new float[batch * inner];
      try (NpyReader reader = NpyReader.open(file)) {
        int done = 0;
        for (int rows = reader.read(target, batch); rows > 0; rows = reader.read(target, batch)) {
          for (int i = 0; i < rows * inner; i++) {
            assertEquals(rowMajor[done * inner + i], target[i]);
          }
          done += rows;
        }
        assertEquals(n, done);
      }
    }
  }

  @Test
  void aBatchThatDoesNotFitIsRefused() throws IOException {
    Path file = file(NpyBytes.of("<f4", "(2, 2)", NpyBytes.floats(1, 2, 3, 4)));
    try (NpyReader reader = NpyReader.open(file)) {
      assertThrows(IllegalArgumentException.class, () -> reader.read(new float[3], 2));
      assertThrows(IllegalArgumentException.class, () -> reader.read(new float[3], 0));
      assertEquals(2, reader.read(new float[4], 5));
    }
  }

  @Test
  void anArrayIsWrittenInPiecesAsItIsAsAWhole() throws IOException {
    float[] values = new float[100_000];
    IntStream.range(0, values.length).forEach(i -> values[i] = i);
    Path file = folder.resolve("pieces.npy");
    NpyWriter.write(
        file,
        List.of(1000L, 100L),
        out -> {
          out.write(values, 0, 10);
          out.write(values, 10, values.length - 10);
        });
    assertArrayEquals(write(List.of(1000L, 100L), values), Files.readAllBytes(file));
  }

  @Test
  void tooFewOrTooManyValuesLeaveNoFile() {
    Path file = folder.resolve("no.npy");
    for (int count : new int[] {3, 5}) {
      IllegalStateException e =
          assertThrows(
              IllegalStateException.class,
              () ->
                  NpyWriter.write(file, List.of(2L, 2L), out -> out.write(new float[5], 0, count)));
      assertTrue(e.getMessage().contains(" 1 values "), e.getMessage());
    }
    assertFalse(Files.exists(file));
    assertThrows(IllegalArgumentException.class, () -> new NpyArray(List.of(2L), new float[3]));
    assertThrows(IllegalArgumentException.class, () -> new NpyArray(List.of(-1L), new float[0]));
  }

  @Test
  void theHeaderOfAnArrayOfManyExtentsIsPaddedToo() throws IOException {
    List<Long> dims = Collections.nCopies(64, 1L);
    byte[] bytes = write(dims, new float[] {3});
    assertEquals(0, (bytes.length - 4) % 64);
    assertEquals("\u0093NUMPY", new String(bytes, 0, 6, StandardCharsets.ISO_8859_1));
    assertEquals(dims, NpyArray.read(folder.resolve("written.npy")).dims());
  }
}
