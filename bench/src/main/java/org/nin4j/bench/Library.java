package org.nin4j.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.nin4j.bench.result.Contender;

/**
 * The folder of jars next to the program, and which of them a contender needs: its class path holds
 * no other contender, and their size is what a user of it has to ship.
 */
record Library(Path folder) {
  /** What every child needs to be told its task and to make its network and images. */
  private static final List<String> COMMON = List.of("nin4j-core", "nin4j-conformance", "jackson-");

  private static final List<String> NIN4J =
      List.of("nin4j-core-", "jackson-core-", "javacpp-", "dnnl-", "opencl-", "jna-jpms-");
  private static final List<String> PYTORCH = List.of("javacpp-", "pytorch-2.10", "openblas-");
  private static final List<String> DJL =
      List.of(
          "api-",
          "pytorch-engine-",
          "pytorch-jni-",
          "pytorch-native-cpu-",
          "gson-",
          "jna-5",
          "commons-",
          "slf4j-api-",
          "error_prone_annotations-");
  private static final List<String> ONNX_RUNTIME = List.of("onnxruntime-");

  /** What writes ONNX Runtime's model, which a user of it has as a file. */
  private static final List<String> ONNX_EXPORT =
      List.of("nin4j-interchange-", "tribuo-util-onnx-", "protobuf-java-");

  private static List<String> jars(Contender contender) {
    return switch (contender) {
      case NIN4J_FP32, NIN4J_BF16, NIN4J_INT8 -> NIN4J;
      case PYTORCH_DJL -> DJL;
      case PYTORCH_FP32, PYTORCH_BF16 -> PYTORCH;
      case ONNX_RUNTIME -> ONNX_RUNTIME;
    };
  }

  /** The class path of a contender's process. */
  String classPath(Contender contender, Path program) throws IOException {
    StringBuilder path = new StringBuilder(program.toString());
    List<String> own = jars(contender);
    List<String> tools = contender == Contender.ONNX_RUNTIME ? ONNX_EXPORT : List.of();
    for (Path jar : jars()) {
      String name = jar.getFileName().toString();
      if (Stream.of(COMMON, own, tools).flatMap(List::stream).anyMatch(name::startsWith)) {
        path.append(java.io.File.pathSeparator).append(jar);
      }
    }
    return path.toString();
  }

  /** Bytes of the jars that a program with this contender needs on this platform. */
  long bytes(Contender contender) throws IOException {
    return jars().stream()
        .filter(jar -> isOf(contender, jar))
        .mapToLong(
            jar -> {
              try {
                return Files.size(jar);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            })
        .sum();
  }

  private static boolean isOf(Contender contender, Path jar) {
    String name = jar.getFileName().toString();
    return !name.endsWith("-tests.jar") && jars(contender).stream().anyMatch(name::startsWith);
  }

  private List<Path> jars() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
    }
  }
}
