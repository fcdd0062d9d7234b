package org.nin4j.interchange.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;
import org.nin4j.io.Models;

/** NumPy arrays of any content. */
class NpyFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() throws IOException {
    Path file = Files.createTempFile("seed", ".npy");
    new NpyArray(List.of(2L, 3L), new float[] {1, 2, 3, 4, 5, 6}).write(file);
    byte[] floats = Files.readAllBytes(file);
    Files.delete(file);
    List<byte[]> seeds = new ArrayList<>(List.of(floats));
    String header = new String(floats, 0, floats.length, StandardCharsets.ISO_8859_1);
    for (String type : new String[] {">f4", "<i4", "<u4", "|O8"}) {
      seeds.add(
          header
              .replace("<f4", type)
              .replace("False", "True ")
              .getBytes(StandardCharsets.ISO_8859_1));
    }
    return seeds.stream();
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("array.npy");
    Untrusted.file(file, bytes, Models::describe);
    Optional<NpyArray> array = Untrusted.file(file, bytes, NpyArray::read);
    if (array.isPresent()) {
      array.get().write(file);
      NpyArray again = NpyArray.read(file);
      assertEquals(array.get().dims(), again.dims());
      assertArrayEquals(array.get().values(), again.values());
    }
  }
}
