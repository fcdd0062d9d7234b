package org.nin4j.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;

/** Safetensors files of any content. */
class SafeTensorsFileFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of(
        bytes(
            """
            {"__metadata__":{"a":"b"},
            "x":{"dtype":"F32","shape":[2],"data_offsets":[0,8]},
            "y":{"dtype":"F16","shape":[1,2],"data_offsets":[8,12]},
            "z":{"dtype":"I64","shape":[],"data_offsets":[12,20]}}""",
            20),
        bytes(
            """
            {"a":{"dtype":"BF16","shape":[1],"data_offsets":[0,2]},
            "b":{"dtype":"F64","shape":[1],"data_offsets":[2,10]},
            "c":{"dtype":"U8","shape":[0,7],"data_offsets":[10,10]},
            "d":{"dtype":"I8","shape":[2],"more":[{"x":1}],"data_offsets":[10,12]}}""",
            12));
  }

  private static byte[] bytes(String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(8 + text.length + data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(text.length)
        .put(text)
        .array();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("any.safetensors");
    SafeTensorsFormat format = new SafeTensorsFormat();
    Optional<FileDescription> description = Untrusted.file(file, bytes, format::describe);
    Optional<SafeTensors> content = Untrusted.file(file, bytes, SafeTensors::read);
    assertTrue(content.isEmpty() || description.isPresent());
    if (content.isPresent()) {
      requireSameAgain(content.get());
    }
  }

  private static void requireSameAgain(SafeTensors content) throws IOException {
    Path copy = folder.resolve("again.safetensors");
    SafeTensors.write(copy, content.metadata(), content.tensors());
    SafeTensors again = SafeTensors.read(copy);
    assertEquals(content.metadata(), again.metadata());
    assertEquals(content.tensors().size(), again.tensors().size());
    for (int i = 0; i < again.tensors().size(); i++) {
      NamedTensor before = content.tensors().get(i);
      NamedTensor after = again.tensors().get(i);
      assertEquals(before.name(), after.name());
      assertEquals(before.dims(), after.dims());
      assertArrayEquals(before.values(), after.values());
    }
    byte[] first = Files.readAllBytes(copy);
    SafeTensors.write(copy, again.metadata(), again.tensors());
    assertArrayEquals(first, Files.readAllBytes(copy));
  }
}
