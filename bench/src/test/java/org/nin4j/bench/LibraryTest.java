package org.nin4j.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.bench.result.Contender;

class LibraryTest {
  private static final List<String> JARS =
      List.of(
          "nin4j-core-1.jar",
          "nin4j-conformance-1-tests.jar",
          "jackson-core-2.jar",
          "javacpp-1.jar",
          "dnnl-3-linux-x86_64.jar",
          "opencl-3.jar",
          "pytorch-2.10.0-1.5.13-linux-x86_64.jar",
          "openblas-0.jar",
          "pytorch-engine-0.35.1.jar",
          "pytorch-jni-2.7.1.jar",
          "pytorch-native-cpu-2.7.1.jar",
          "api-0.35.1.jar",
          "onnxruntime-1.jar",
          "nin4j-interchange-1.jar",
          "tribuo-util-onnx-4.jar",
          "protobuf-java-3.jar");

  @TempDir Path folder;

  @BeforeEach
  void fill() throws IOException {
    for (int i = 0; i < JARS.size(); i++) {
      Files.write(folder.resolve(JARS.get(i)), new byte[1 << i]);
    }
  }

  @Test
  void theClassPathOfAContenderHoldsNoOtherContender() throws IOException {
    String djl = new Library(folder).classPath(Contender.PYTORCH_DJL, Path.of("bench.jar"));
    assertTrue(djl.startsWith("bench.jar"), djl);
    assertTrue(djl.contains("pytorch-native-cpu-2.7.1.jar"), djl);
    assertFalse(djl.contains("pytorch-2.10"), djl);
    assertFalse(djl.contains("onnxruntime"), djl);
    String torch = new Library(folder).classPath(Contender.PYTORCH_BF16, Path.of("bench.jar"));
    assertTrue(torch.contains("pytorch-2.10"), torch);
    assertFalse(torch.contains("pytorch-native-cpu"), torch);
    assertFalse(torch.contains("dnnl"), torch);
    assertFalse(torch.contains("protobuf"), torch);
  }

  @Test
  void aProcessOfOnnxRuntimeCanWriteItsModel() throws IOException {
    String path = new Library(folder).classPath(Contender.ONNX_RUNTIME, Path.of("bench.jar"));
    assertTrue(path.contains("nin4j-interchange-1.jar"), path);
    assertTrue(path.contains("tribuo-util-onnx-4.jar"), path);
    assertTrue(path.contains("protobuf-java-3.jar"), path);
  }

  @Test
  void onlyTheJarsThatAContenderNeedsAreCounted() throws IOException {
    Library library = new Library(folder);
    assertEquals(1 + 4 + 8 + 16 + 32, library.bytes(Contender.NIN4J_FP32));
    assertEquals(8 + 64 + 128, library.bytes(Contender.PYTORCH_FP32));
    assertEquals(256 + 512 + 1024 + 2048, library.bytes(Contender.PYTORCH_DJL));
    assertEquals(4096, library.bytes(Contender.ONNX_RUNTIME));
  }
}
