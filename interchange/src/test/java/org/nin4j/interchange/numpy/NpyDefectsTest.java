package org.nin4j.interchange.numpy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.error.InvalidFileException;

/** Whatever a file holds, it gives an array or one sentence that says what is wrong. */
class NpyDefectsTest {
  @TempDir Path folder;

  private InvalidFileException refusal(byte[] bytes) throws IOException {
    Path file = Files.write(folder.resolve("x.npy"), bytes);
    InvalidFileException e = assertThrows(InvalidFileException.class, () -> NpyArray.read(file));
    assertTrue(e.getMessage().startsWith(file + ": "), e.getMessage());
    assertEquals(1, e.getMessage().lines().count(), e.getMessage());
    assertTrue(e.getMessage().length() < 600, e.getMessage());
    return e;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      textBlock =
          """
          {'descr': '|O', 'fortran_order': False, 'shape': (1,)} ; holds Python objects (dtype object)
          {'descr': '|O4', 'fortran_order': False, 'shape': ()} ; holds Python objects (dtype object)
          {'descr': [('x', '<f4')], 'fortran_order': False} ; holds records (a structured dtype)
          {'descr': ('<f4', (2,)), 'fortran_order': False} ; holds records (a structured dtype)
          {'descr': '<f16', 'shape': ()} ; has elements of dtype '<f16'
          {'descr': '<c8', 'shape': ()} ; has elements of dtype '<c8'
          {'descr': '<V2', 'shape': ()} ; has elements of dtype '<V2'
          {'descr': '=f4', 'shape': ()} ; has elements of dtype '=f4'
          {'descr': 'f4', 'shape': ()} ; has elements of dtype 'f4'
          {'descr': '|f4', 'shape': ()} ; has elements of dtype '|f4'
          {'descr': '', 'shape': ()} ; has elements of dtype ''
          {'descr': '<f4\\x00', 'shape': ()} ; a dtype in quotes and without escapes
          {'descr': b'<f4', 'shape': ()} ; expected a dtype in quotes at byte 20
          {'descr': __import__('os').system('id')} ; expected a dtype in quotes at byte 20
          {'descr': '<f4'*2, 'fortran_order': False} ; expected '}' at byte 25, but found '*2
          {'shape': (1 if True else 2,)} ; expected ')' at byte 23
          {'shape': (__import__,)} ; expected a whole number
          {'shape': (1+1,)} ; expected ')' at byte 22
          {'shape': (0x2,)} ; found 'x2
          {'shape': (02,)} ; found '02
          {'shape': (1_0,)} ; expected ')'
          {'shape': (2.0,)} ; expected ')'
          {'shape': (True,)} ; expected a whole number
          {'shape': (-1,)} ; has a negative extent at byte 21
          {'shape': (3)} ; the comma of a tuple
          {'shape': [3]} ; expected '(' at byte 20
          {'shape': 3} ; expected '(' at byte 20
          {'shape': ((3,),)} ; expected a whole number
          {'shape': (,)} ; expected a whole number
          {'shape': (3,,)} ; expected a whole number
          {'shape': (9223372036854775808,)} ; has an extent of '9223372036854775808'
          {'fortran_order': 0} ; expected True or False at byte 28
          {'fortran_order': None} ; expected True or False at byte 28
          {'fortran_order': Falsehood} ; found 'hood
          {'descr': '<f4', 'descr': '<f4'} ; has the key 'descr' twice
          {'shape': (), 'shape': ()} ; has the key 'shape' twice
          {'descr': '<f4', 'fortran_order': False} ; has no key 'shape'
          {'shape': (), 'fortran_order': False} ; has no key 'descr'
          {'descr': '<f4', 'shape': ()} ; has no key 'fortran_order'
          {} ; has no key 'descr'
          {'evil': 1} ; has a key 'evil' in its header
          {1: 2} ; expected a key in quotes
          {'shape'} ; expected ':'
          {'shape': () ; found the end
          {'shape ; expected a key in quotes
          {,} ; expected a key in quotes
          {'shape': (),,} ; expected a key in quotes
          [1] ; expected '{' at byte 10
          'descr' ; expected '{' at byte 10
          dict(descr='<f4') ; expected '{' at byte 10
          """)
  void aHeaderThatIsNotAsNumPyWritesItIsRefused(String header, String complaint)
      throws IOException {
    String message = refusal(NpyBytes.of(1, header, new byte[0])).getMessage();
    assertTrue(message.contains(complaint), message);
  }

  @Test
  void somethingBehindTheDictIsRefused() throws IOException {
    String dict = NpyBytes.dict("<f4", false, "()");
    for (String more : new String[] {"x", " or True", "\0", "{}", "#", "\\", "\u00e9"}) {
      String message = refusal(NpyBytes.of(3, dict + more, NpyBytes.floats(1))).getMessage();
      assertTrue(message.contains("expected the end of the header"), message);
    }
  }

  @Test
  void deepNestingIsRefusedWhereItBegins() throws IOException {
    for (String bracket : new String[] {"[", "(", "{", "-", "~", "not "}) {
      String nested = bracket.repeat(9000 / bracket.length());
      refusal(NpyBytes.of(2, nested, new byte[0]));
      refusal(NpyBytes.of(2, "{'descr': " + nested, new byte[0]));
      refusal(NpyBytes.of(2, "{'shape': (" + nested, new byte[0]));
      refusal(NpyBytes.of(2, "{" + nested, new byte[0]));
    }
    refusal(NpyBytes.of(2, "{'shape': (" + "1,".repeat(65) + ")}", new byte[0]));
  }

  @Test
  void aHugeHeaderIsRefusedBeforeItIsRead() throws IOException {
    byte[] bytes = NpyBytes.of(2, NpyBytes.dict("<f4", false, "()"), NpyBytes.floats(1));
    for (int length : new int[] {10_001, Integer.MAX_VALUE, Integer.MIN_VALUE, -1}) {
      for (int i = 0; i < 4; i++) {
        bytes[8 + i] = (byte) (length >> (8 * i));
      }
      InvalidFileException e = refusal(bytes);
      assertTrue(
          e.getMessage().contains("a header of " + Integer.toUnsignedString(length) + " bytes"),
          e.getMessage());
      assertEquals(OptionalLong.of(8), e.offset());
    }
    byte[] spaces = NpyBytes.of(1, " ".repeat(20_000), new byte[0]);
    assertTrue(refusal(spaces).getMessage().contains("a header of 20001 bytes"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          (9223372036854775807,)                      | has a shape too large for any file
          (4294967296, 4294967296)                    | has a shape too large for any file
          (0, 4294967296, 4294967296)                 | has a shape too large for any file
          (2147483648, 2147483648, 2)                 | has a shape too large for any file
          (2305843009213693951,)                      | needs 9223372036854775804 bytes
          (1000000000000,)                            | needs 4000000000000 bytes
          (3,)                                        | needs 12 bytes for F32 3, but 8 follow its header; it is cut off
          (1,)                                        | needs 4 bytes for F32 1, but 8 follow its header; save one array alone
          (0,)                                        | needs 0 bytes for F32 0, but 8 follow its header
          """)
  void aShapeThatDoesNotFitTheFileIsRefused(String shape, String complaint) throws IOException {
    byte[] two = NpyBytes.floats(1, 2);
    String message = refusal(NpyBytes.of("<f4", shape, two)).getMessage();
    assertTrue(message.contains(complaint), message);
    refusal(NpyBytes.of(1, NpyBytes.dict("<f4", true, shape), two));
  }

  @Test
  void moreElementsThanAnArrayCanHoldAreRefused() throws IOException {
    Path file = folder.resolve("sparse.npy");
    byte[] header = NpyBytes.of("|u1", "(65536, 32768)", new byte[0]);
    Files.write(file, header);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(header.length + (1L << 31));
    }
    InvalidFileException e = assertThrows(InvalidFileException.class, () -> NpyArray.read(file));
    assertTrue(e.getMessage().contains("more than an array can hold"), e.getMessage());
  }

  @Test
  void anArrayThatDoesNotFitIntoMemoryIsReportedAsSuch() throws IOException {
    Path file = folder.resolve("sparse.npy");
    byte[] header = NpyBytes.of("|u1", "(2147483639,)", new byte[0]); // 8 GiB of floats
    Files.write(file, header);
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(header.length + 2147483639L);
    }
    assumeTrue(Runtime.getRuntime().maxMemory() < 8L << 30);
    InvalidFileException e = assertThrows(InvalidFileException.class, () -> NpyArray.read(file));
    assertTrue(e.getMessage().contains("does not fit into Java's memory"), e.getMessage());
  }

  @Test
  void aFileOfAnotherFormatOrVersionIsRefused() throws IOException {
    assertTrue(
        refusal("no array at all".getBytes(StandardCharsets.US_ASCII))
            .getMessage()
            .contains("is not a NumPy array"));
    byte[] bytes = NpyBytes.of("<f4", "()", NpyBytes.floats(1));
    for (int[] version : new int[][] {{0, 0}, {4, 0}, {255, 0}, {1, 1}, {3, 1}}) {
      bytes[6] = (byte) version[0];
      bytes[7] = (byte) version[1];
      String message = refusal(bytes).getMessage();
      assertTrue(
          message.contains("has format version " + version[0] + "." + version[1] + ","), message);
    }
  }

  @Test
  void textIsNoArrayOfNumbers() throws IOException {
    Path file = Files.write(folder.resolve("t.npy"), NpyBytes.of("<U2", "()", new byte[8]));
    for (byte[] bytes :
        new byte[][] {Files.readAllBytes(file), NpyBytes.of(">U0", "(5,)", new byte[0])}) {
      assertTrue(refusal(bytes).getMessage().contains("is text "));
    }
    assertThrows(InvalidFileException.class, () -> NpyReader.open(file));
  }

  @Test
  void aFileThatIsCutOffAnywhereIsRefused() throws IOException {
    byte[] bytes = NpyBytes.of("<f4", "(2, 2)", NpyBytes.floats(1, 2, 3, 4));
    for (int length = 0; length < bytes.length; length++) {
      refusal(Arrays.copyOf(bytes, length));
    }
    refusal(Arrays.copyOf(bytes, bytes.length + 1));
  }

  /** A change of the elements is another array; NumPy's format has no checksum. */
  @Test
  void everyChangeOfAByteGivesAnArrayOrASentence() throws IOException {
    byte[] bytes = NpyBytes.of("<f4", "(2, 2)", NpyBytes.floats(1, 2, 3, 4));
    Path file = folder.resolve("x.npy");
    int refused = 0;
    for (int at = 0; at < bytes.length; at++) {
      for (int change = 1; change < 256; change *= 8) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) change;
        Files.write(file, changed);
        try {
          assertEquals(4, NpyArray.read(file).values().length);
        } catch (InvalidFileException e) {
          refused++;
        }
      }
    }
    assertTrue(refused > 2 * bytes.length, refused + " refused");
  }

  @Test
  void folderAndMissingFileAreReportedByTheFileSystem() {
    IOException missing =
        assertThrows(IOException.class, () -> NpyArray.read(folder.resolve("none.npy")));
    assertTrue(missing.getMessage().contains("there is no such file"), missing.getMessage());
    IOException directory = assertThrows(IOException.class, () -> NpyReader.open(folder));
    assertTrue(directory.getMessage().contains("is a folder"), directory.getMessage());
  }
}
