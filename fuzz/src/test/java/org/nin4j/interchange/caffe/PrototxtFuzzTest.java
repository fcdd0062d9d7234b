package org.nin4j.interchange.caffe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.ModelFiles;
import org.nin4j.fuzz.Untrusted;
import org.nin4j.io.Models;

/** Definitions of Caffe's networks of any content, with weights beside them. */
class PrototxtFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() {
    return Stream.of(TinyCaffe.definition(false), TinyCaffe.definition(true), TinyCaffe.training())
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @BeforeAll
  static void writeWeights() throws IOException {
    TinyCaffe.writeWeights(folder.resolve("net.caffemodel"));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("net.prototxt");
    Untrusted.file(file, bytes, Models::describe);
    ModelFiles.read(file, bytes, TinyCaffe.OPTIONS);
  }
}
