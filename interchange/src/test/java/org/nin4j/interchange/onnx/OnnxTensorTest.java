package org.nin4j.interchange.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataLocation;
import com.google.protobuf.ByteString;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.ImportOptions;

/** Weights in all forms that a file may hold them in: two convolutions of 1x1 pixel. */
class OnnxTensorTest {
  private static final float[] EXPECTED = {1.5f, -2};

  @TempDir Path folder;
  private Path models;

  @BeforeEach
  void makeFolder() throws IOException {
    models = Files.createDirectory(folder.resolve("models"));
  }

  @Test
  void rawDataAreLittleEndian() throws IOException {
    assertArrayEquals(EXPECTED, read(weights(1).setRawData(floats())));
    assertArrayEquals(EXPECTED, read(weights(11).setRawData(doubles())));
    assertArrayEquals(EXPECTED, read(weights(10).setRawData(shorts(0x3E00, 0xC000))));
    assertArrayEquals(EXPECTED, read(weights(16).setRawData(shorts(0x3FC0, 0xC000))));
  }

  @Test
  void typedDataAreTheSame() throws IOException {
    assertArrayEquals(EXPECTED, read(weights(1).addFloatData(1.5f).addFloatData(-2)));
    assertArrayEquals(EXPECTED, read(weights(11).addDoubleData(1.5).addDoubleData(-2)));
    assertArrayEquals(EXPECTED, read(weights(10).addInt32Data(0x3E00).addInt32Data(0xC000)));
    assertArrayEquals(EXPECTED, read(weights(16).addInt32Data(0x3FC0).addInt32Data(0xC000)));
  }

  @Test
  void valuesThatDoNotFitTheExtentsAreRefused() throws IOException {
    assertRefused(
        "tensor 'w' is FLOAT 2x2x1x1, but its values have 8 bytes", tensor(1).setRawData(floats()));
    assertRefused(
        "tensor 'w' is FLOAT 2x2x1x1, but its values have 12 bytes",
        tensor(1).addFloatData(1).addFloatData(1).addFloatData(1));
    assertRefused("tensor 'w' is FLOAT 2x2x1x1, but its values have 0 bytes", tensor(1));
    assertRefused(
        "tensor 'w' is FLOAT16 2x2x1x1, but its values are packed in 3 bytes",
        tensor(10).addInt32Data(1).addInt32Data(1).addInt32Data(1));
    assertRefused(
        "tensor 'w' is FLOAT16 2x2x1x1, but holds fewer values",
        tensor(10).addInt32Data(0x3E00).addInt32Data(0x3E00));
    assertRefused(
        "tensor 'w' is FLOAT16 2x2x1x1, but holds more values",
        tensor(10).addAllInt32Data(List.of(1, 2, 3, 4, 5)));
    assertRefused(
        "tensor 'w' is FLOAT16, but holds a value 65536",
        tensor(10).addAllInt32Data(List.of(1, 2, 3, 65536)));
    assertRefused(
        "tensor 'w' holds values in two fields", tensor(1).setRawData(floats()).addFloatData(1));
    assertRefused(
        "tensor 'w' is STRING, and weights are floating point",
        tensor(8).addStringData(ByteString.EMPTY));
  }

  @Test
  void extentsThatAreNegativeOrOverflowAreRefused() throws IOException {
    assertRefused(
        "tensor 'w' has a negative extent -1",
        TensorProto.newBuilder().setDataType(1).addAllDims(List.of(-1L, -1L)));
    assertRefused(
        "tensor 'w' is 4294967296x4294967296x4294967296, which is more than an array can hold",
        TensorProto.newBuilder().setDataType(1).addAllDims(List.of(1L << 32, 1L << 32, 1L << 32)));
    assertRefused(
        "tensor 'w' is 2147483640, which is more than an array can hold",
        TensorProto.newBuilder().setDataType(1).addDims(Integer.MAX_VALUE - 7L));
    assertRefused(
        "tensor 'w' is 0x9223372036854775807x1x1, which is more than an array can hold",
        TensorProto.newBuilder().setDataType(1).addAllDims(List.of(0L, Long.MAX_VALUE, 1L, 1L)));
    assertRefused(
        "node 'n0' (Conv, opset 13) has weights 0x7x1x1, and images need four extents of at least 1",
        TensorProto.newBuilder().setDataType(1).addAllDims(List.of(0L, 7L, 1L, 1L)));
  }

  @Test
  void valuesMayBeInAnotherFileOfTheFolder() throws IOException {
    Files.createDirectory(models.resolve("sub"));
    Files.write(models.resolve("sub/w.bin"), concat(new byte[4], floats().toByteArray()));
    assertArrayEquals(
        EXPECTED,
        read(external(weights(1), "location", "sub/w.bin", "offset", "4", "length", "8")));
    assertArrayEquals(EXPECTED, read(external(weights(1), "location", "sub/w.bin", "offset", "4")));
  }

  @Test
  void otherFilesAreNeverOutsideOfTheFolder() throws IOException {
    Path secret = Files.write(folder.resolve("secret.bin"), floats().toByteArray());
    Files.createSymbolicLink(models.resolve("link.bin"), secret);
    Files.createSymbolicLink(models.resolve("linked"), folder);
    Files.createDirectory(models.resolve("sub"));
    String remedy = "; put that file into the model's folder, or export the model into one file";
    for (String outside :
        List.of(
            "../secret.bin", "sub/../../secret.bin", "./w.bin", secret.toString(), "", "sub/..")) {
      assertRefused(
          "tensor 'w' has its values in '"
              + outside
              + "', which is not below the model's folder"
              + remedy,
          external(tensor(1), "location", outside));
    }
    for (String link : List.of("link.bin", "linked/secret.bin")) {
      assertRefused(
          "tensor 'w' has its values in '"
              + link
              + "', which is a symbolic link, or in one"
              + remedy,
          external(tensor(1), "location", link));
    }
    for (String missing : List.of("w.bin", "sub", "sub/w.bin")) {
      assertRefused(
          "tensor 'w' has its values in '" + missing + "', which is not there" + remedy,
          external(tensor(1), "location", missing));
    }
    assertRefused(
        "tensor 'w' has its values in 'a\\u0000b', which is not a path" + remedy,
        external(tensor(1), "location", "a\0b"));
    assertRefused("tensor 'w' is in another file, but does not say in which", external(tensor(1)));
  }

  @Test
  void rangesOfOtherFilesAreWithinThem() throws IOException {
    Files.write(models.resolve("w.bin"), floats().toByteArray());
    assertRefused(
        "tensor 'w' has its values in 'w.bin', which has only 8 bytes, so not 16 at byte 0",
        external(tensor(1), "location", "w.bin"));
    assertRefused(
        "tensor 'w' has its values in 'w.bin', which has 8 bytes for it at byte 0, not 16",
        external(tensor(1), "location", "w.bin", "length", "8"));
    assertRefused(
        "tensor 'w' has its values in 'w.bin', which has -1 bytes for it at byte -9",
        external(tensor(1), "location", "w.bin", "offset", "-9"));
    assertRefused(
        "tensor 'w' has its values in 'w.bin', which has only 8 bytes, so not 16 at byte "
            + Long.MAX_VALUE,
        external(tensor(1), "location", "w.bin", "offset", "" + Long.MAX_VALUE));
    assertRefused(
        "tensor 'w' has '1e3' as its offset or length in another file",
        external(tensor(1), "location", "w.bin", "offset", "1e3"));
  }

  private static TensorProto.Builder external(TensorProto.Builder tensor, String... entries) {
    tensor.setDataLocation(DataLocation.EXTERNAL);
    for (int i = 0; i < entries.length; i += 2) {
      tensor.addExternalData(
          StringStringEntryProto.newBuilder().setKey(entries[i]).setValue(entries[i + 1]));
    }
    return tensor;
  }

  /** Two weights. */
  private static TensorProto.Builder weights(int type) {
    return TensorProto.newBuilder().setDataType(type).addAllDims(List.of(2L, 1L, 1L, 1L));
  }

  /** Four weights. */
  private static TensorProto.Builder tensor(int type) {
    return TensorProto.newBuilder().setDataType(type).addAllDims(List.of(2L, 2L, 1L, 1L));
  }

  private static ByteString floats() {
    ByteBuffer bytes = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    return ByteString.copyFrom(bytes.putFloat(EXPECTED[0]).putFloat(EXPECTED[1]).flip());
  }

  private static ByteString doubles() {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    return ByteString.copyFrom(bytes.putDouble(EXPECTED[0]).putDouble(EXPECTED[1]).flip());
  }

  private static ByteString shorts(int first, int second) {
    ByteBuffer bytes = ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN);
    return ByteString.copyFrom(bytes.putShort((short) first).putShort((short) second).flip());
  }

  private static byte[] concat(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private float[] read(TensorProto.Builder tensor) throws IOException {
    return new OnnxFormat()
        .read(write(tensor, 1), ImportOptions.none())
        .weights()
        .values("0.weight");
  }

  private Path write(TensorProto.Builder tensor, int channels) throws IOException {
    TestGraph graph =
        new TestGraph(13, 1, channels, 2, 2)
            .tensor(tensor.setName("w"))
            .then("Conv", List.of("w"))
            .end();
    return Files.write(models.resolve("test.onnx"), graph.model().toByteArray());
  }

  private void assertRefused(String sentence, TensorProto.Builder tensor) throws IOException {
    Path file = write(tensor, 2);
    InvalidFileException refusal =
        assertThrows(
            InvalidFileException.class,
            () -> new OnnxFormat().read(file, ImportOptions.none()),
            sentence);
    assertTrue(refusal.getMessage().startsWith(file + ": " + sentence), refusal::getMessage);
    assertEquals(1, refusal.getMessage().lines().count());
  }
}
