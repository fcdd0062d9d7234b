package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule of the specification broken alone is met by one sentence that says where. */
class SafeTensorsDefectsTest {
  private static final String X =
      "'x':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}".replace('\'', '"');

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [1]                                 | the header does not begin with {, at byte 8
          ` {}`                               | the header does not begin with {, at byte 8
          {                                   | the header is not strict JSON
          {'x'}                               | at byte 12
          {}x                                 | only spaces may follow the JSON of the header, at byte 10
          {'x':1}                             | 'x' must be an object, at byte 13
          {'x':null}                          | 'x' must be an object
          {'__metadata__':'x'}                | '__metadata__' must be an object
          {'__metadata__':{'k':1}}            | the metadata 'k' must be a string
          {'__metadata__':{'k':{}}}           | the metadata 'k' must be a string
          {'__metadata__':{'k':'','k':''}}    | Duplicate field 'k'
          {'__metadata__':{},'__metadata__':{}} | Duplicate field '__metadata__'
          {'x':{}}                            | tensor 'x' has no dtype
          {'x':{'dtype':'F32'}}               | tensor 'x' has no shape
          {'x':{'dtype':'F32','shape':[]}}    | tensor 'x' has no two data_offsets
          {'x':{'dtype':'F32','dtype':'F32'}} | Duplicate field 'dtype'
          {'x':{'dtype':'F33'}}               | unknown dtype 'F33'
          {'x':{'dtype':'f32'}}               | unknown dtype 'f32'
          {'x':{'dtype':32}}                  | unknown dtype '32'
          {'x':{'shape':2}}                   | has a shape that is not an array
          {'x':{'shape':[-1]}}                | holds something other than a whole number from 0
          {'x':{'shape':[-0]}}                | holds something other than a whole number from 0
          {'x':{'shape':[1.0]}}               | holds something other than a whole number from 0
          {'x':{'shape':['1']}}               | holds something other than a whole number from 0
          {'x':{'shape':[[1]]}}               | holds something other than a whole number from 0
          {'x':{'shape':[9223372036854775808]}} | a number too large for any file
          {'x':{'shape':[01]}}                | the header is not strict JSON
          {'x':{'data_offsets':[0,1,2]}}      | data_offsets that holds more than 2 numbers
          {'x':{'more':[[[{'y':1,'y':1}]]]}}  | Duplicate field 'y'
          {'x':y\u007f}                       | strict JSON (Unrecognized token 'y\\u007f'
          {'\\ud800':{}}                      | the header is not strict JSON (Broken surrogate pair
          {'\\udc00':{}}                      | the header is not strict JSON (Unexpected low surrogate
          {'__metadata__':{'k':'\\ud800'}}    | '\\ud800' is not Unicode text
          {'__metadata__':{'k':'\\udc00'}}    | '\\udc00' is not Unicode text
          """)
  void aHeaderThatBreaksTheRules(String header, String words) throws IOException {
    String sentence = sentence(header.replace('\'', '"'), 0);
    assertTrue(sentence.contains(words), sentence);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          F32  | [2]   | [8,0]   | 8  | tensor 'x' has data_offsets that end (0) before they begin (8)
          F32  | [3]   | [0,8]   | 8  | tensor 'x' needs 12 bytes for F32 3, but has data_offsets of 8
          I64  | []    | [0,4]   | 4  | tensor 'x' needs 8 bytes for I64 scalar, but has data_offsets of 4
          F4   | [3]   | [0,1]   | 1  | tensor 'x' needs 12 bits for F4 3, but has data_offsets of 1
          F32  | [2]   | [4,12]  | 12 | data bytes 0 to 4, before tensor 'x', belong to no tensor
          F32  | [2]   | [0,8]   | 7  | its tensors take 8 bytes, but only 7 follow the header
          F32  | [2]   | [0,8]   | 9  | 1 bytes after the last tensor belong to none
          F32  | [4294967296,4294967296] | [0,8] | 8 | tensor 'x' has a shape too large for any file
          F32  | [4611686018427387904]   | [0,0] | 0 | tensor 'x' has a shape too large for any file
          F32  | [250000000000000000]    | [0,1000000000000000000] | 8 | its tensors take 1000000000000000000 bytes, but only 8 follow the header
          """)
  void aTensorThatDoesNotFitTheFile(
      String dtype, String shape, String offsets, int dataBytes, String words) throws IOException {
    String header =
        "{\"x\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
            .formatted(dtype, shape, offsets);
    String sentence = sentence(header, dataBytes);
    assertTrue(sentence.contains(words), sentence);
  }

  @Test
  void overlappingAndHoledRanges() throws IOException {
    String y = "\"y\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":";
    assertTrue(
        sentence("{" + X + "," + y + "[4,12]}}", 12)
            .contains("tensor 'y' overlaps tensor 'x' at data byte 4"));
    assertTrue(
        sentence("{" + X + "," + y + "[12,20]}}", 20)
            .contains("data bytes 8 to 12, before tensor 'y', belong to no tensor"));
    assertTrue(sentence("{" + X + "," + y + "[0,8]}}", 8).contains("overlaps"));
    assertTrue(sentence("{" + X + "," + X + "}", 8).contains("Duplicate field 'x'"));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 3, 99_999_999, 100_000_001, 1L << 31, 1L << 32, Long.MAX_VALUE, -1})
  void aHeaderLengthBeyondTheFileIsRefusedBeforeAnythingIsAllocated(long declared)
      throws IOException {
    Path file =
        HandMadeFile.write(
            folder,
            HandMadeFile.bytes(declared, "{}".getBytes(StandardCharsets.UTF_8), new byte[0]));
    assertEquals(
        file
            + ": declares a header of "
            + Long.toUnsignedString(declared)
            + " bytes at byte 0, but 1 to 2 are possible; the file is cut off or not a safetensors"
            + " file",
        message(file));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7})
  void aFileTooShortForItsFirstNumber(int bytes) throws IOException {
    String message = message(HandMadeFile.write(folder, new byte[bytes]));
    assertTrue(message.contains("has only " + bytes + " bytes"), message);
  }

  @Test
  void aHeaderLongerThanTheSpecificationAllows() throws IOException {
    // Sparse: as long as it declares, but it takes no space on the disk.
    Path file = HandMadeFile.write(folder, HandMadeFile.littleEndian(100_000_001, 8));
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(100_000_009);
    }
    assertTrue(message(file).contains("1 to 100000000 are possible"));
  }

  @Test
  void aHeaderThatIsNotUtf8() throws IOException {
    byte[] overlong = {'{', '"', (byte) 0xc0, (byte) 0x80, '"', ':', '1', '}'};
    assertTrue(
        message(HandMadeFile.write(folder, HandMadeFile.bytes(8, overlong, new byte[0])))
            .contains("the header is not UTF-8 text, at byte 10"));
    byte[] utf16 = "{}".getBytes(StandardCharsets.UTF_16LE);
    assertTrue(
        message(HandMadeFile.write(folder, HandMadeFile.bytes(4, utf16, new byte[0])))
            .contains("not strict JSON"));
  }

  @Test
  void aPlaceIsCountedInBytesNotCharacters() throws IOException {
    assertTrue(sentence("{\"ä\":1}", 0).contains("'ä' must be an object, at byte 14"));
  }

  @Test
  void aHeaderOfDeepNestingOrManyExtentsDoesNotFillMemory() throws IOException {
    assertTrue(
        sentence("{\"x\":{\"more\":" + "[".repeat(1_000_000), 0).contains("not strict JSON"));
    assertTrue(
        sentence("{\"x\":{\"shape\":[" + "1,".repeat(1_000_000) + "1]}}", 0)
            .contains("holds more than 64 numbers"));
  }

  @Test
  void aNameThatWouldCommandTheTerminalIsShownHarmlessly() throws IOException {
    String message = sentence("{\"\\u001b[2J\\n" + "y".repeat(500) + "\":1}", 0);
    assertTrue(message.contains("'\\u001b[2J\\u000ayyy"), message);
    assertTrue(message.contains("y...'"), message);
  }

  @Test
  void unknownFieldsOfATensorAreIgnoredAsInTheReferenceImplementation() throws IOException {
    String header =
        "{\"x\":{\"more\":{\"y\":[1,{}]},\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8],"
            + "\"even\":null}}";
    Path file = HandMadeFile.write(folder, HandMadeFile.bytes(header, HandMadeFile.data(1, 2)));
    assertEquals("x F32 2", SafeTensors.read(file).tensors().get(0).toString());
  }

  @Test
  void whatIsNoFile() {
    assertTrue(
        message(folder.resolve("none")).endsWith("none: there is no such file; check the path"));
    assertTrue(message(folder).endsWith(": is a folder; name a file in it"));
  }

  @Test
  void damageAfterWritingIsRecognised() throws IOException {
    Path file = folder.resolve("model.safetensors");
    SafeTensors.write(
        file, Map.of("k", "v"), List.of(new NamedTensor("x", List.of(1L), new float[] {1})));
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertTrue(message(file).contains("its content does not match its digest"));
  }

  private String sentence(String header, int dataBytes) throws IOException {
    return message(HandMadeFile.write(folder, HandMadeFile.bytes(header, new byte[dataBytes])));
  }

  private static String message(Path file) {
    String message = assertThrows(IOException.class, () -> SafeTensors.read(file)).getMessage();
    assertTrue(message.startsWith(file + ": "), message);
    assertFalse(message.contains("\n"), message);
    return message;
  }
}
