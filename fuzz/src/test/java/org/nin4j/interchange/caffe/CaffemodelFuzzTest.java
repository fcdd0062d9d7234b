package org.nin4j.interchange.caffe;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.ModelFiles;
import org.nin4j.fuzz.Untrusted;
import org.nin4j.io.Models;

/** Weights of Caffe's of any content, alone and with a definition. */
class CaffemodelFuzzTest {
  @TempDir static Path folder;

  static Stream<byte[]> seeds() throws IOException {
    return TinyCaffe.weights();
  }

  @BeforeAll
  static void writeDefinition() throws IOException {
    TinyCaffe.writeDefinition(folder.resolve("other.prototxt"));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("net.caffemodel");
    Untrusted.file(file, bytes, Models::describe);
    ModelFiles.read(file, bytes, TinyCaffe.OPTIONS);
    ModelFiles.read(file, bytes, TinyCaffe.OPTIONS.definition(folder.resolve("other.prototxt")));
  }
}
