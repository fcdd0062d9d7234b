package org.nin4j.io;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.ModelFiles;
import org.nin4j.fuzz.TinyModels;

/** Safetensors files as models: those that say all of it, and those of tensors alone. */
class ModelsFuzzTest {
  @TempDir static Path folder;

  private static final ImportOptions OPTIONS = TinyModels.options(TinyModels.tiny());

  static Stream<byte[]> seeds() throws IOException {
    Path file = Files.createTempFile("seed", ".safetensors");
    Stream.Builder<byte[]> seeds = Stream.builder();
    for (Model model :
        List.of(
            TinyModels.model(TinyModels.tiny()),
            TinyModels.model(TinyModels.varied()),
            TinyModels.quantized())) {
      ModelTensors content = ModelTensors.of(model);
      SafeTensors.write(file, content.metadata(), content.tensors());
      seeds.add(Files.readAllBytes(file));
      seeds.add(withoutDigest(Files.readAllBytes(file)));
    }
    ModelTensors content = ModelTensors.of(TinyModels.model(TinyModels.tiny()));
    SafeTensors.write(file, Map.of(), content.tensors());
    seeds.add(withoutDigest(Files.readAllBytes(file)));
    Files.delete(file);
    return seeds.build();
  }

  /** With its key spelt otherwise, the digest protects nothing. */
  private static byte[] withoutDigest(byte[] file) {
    String text = new String(file, StandardCharsets.ISO_8859_1);
    return text.replace(Digest.KEY, "x".repeat(Digest.KEY.length()))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    ModelFiles.require(folder.resolve("model.safetensors"), bytes, OPTIONS);
  }
}
