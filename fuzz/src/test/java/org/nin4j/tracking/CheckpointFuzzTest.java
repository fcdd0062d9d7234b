package org.nin4j.tracking;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;
import org.nin4j.io.SafeTensors;
import org.nin4j.train.Checkpoint;

/** Checkpoint files of any content. */
class CheckpointFuzzTest {
  private static final String MANY_CLASSES = "300000000";

  @TempDir static Path folder;

  static Stream<byte[]> seeds() throws IOException {
    Path file = Files.createTempFile("seed", ".safetensors");
    CheckpointFile.write(file, TinyRun.checkpoint());
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    // With its key spelt otherwise, the digest protects nothing.
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    return Stream.of(
        bytes,
        text.replace("sha256\":", "sha25x\":").getBytes(StandardCharsets.ISO_8859_1),
        ofManyClasses(bytes));
  }

  /** A checkpoint that talks of more weights than there is memory for. */
  private static byte[] ofManyClasses(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("seed", ".safetensors");
    Files.write(file, bytes);
    SafeTensors content = SafeTensors.read(file);
    Map<String, String> metadata = new TreeMap<>(content.metadata());
    metadata.computeIfPresent(
        "setup", (key, json) -> json.replaceFirst("(\"out_channels\": ?)2", "$1" + MANY_CLASSES));
    SafeTensors.write(file, metadata, content.tensors());
    byte[] changed = Files.readAllBytes(file);
    Files.delete(file);
    return changed;
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    Path file = folder.resolve("checkpoint.safetensors");
    Optional<Checkpoint> checkpoint = Untrusted.file(file, bytes, CheckpointFile::read);
    if (checkpoint.isPresent()) {
      CheckpointFile.write(file, checkpoint.get());
      byte[] first = Files.readAllBytes(file);
      CheckpointFile.write(file, CheckpointFile.read(file));
      assertArrayEquals(first, Files.readAllBytes(file));
    }
  }
}
