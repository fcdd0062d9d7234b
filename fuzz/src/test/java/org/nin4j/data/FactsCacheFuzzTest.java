package org.nin4j.data;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.MethodSource;

/** A cache of checked image files with any content: it is read, or counts as empty. */
class FactsCacheFuzzTest {
  private static final int SUM = Long.BYTES;

  @TempDir static Path folder;

  static Stream<byte[]> seeds() throws IOException {
    Path cache = Files.createTempDirectory("seed");
    FactsCache written = new FactsCache(cache, cache);
    written.save(Map.of("a.png", new FileFacts(1, 2, "0a", 3, 4, "")), Long.MAX_VALUE);
    Path file = onlyFile(cache);
    byte[] bytes = Files.readAllBytes(file);
    Files.delete(file);
    Files.delete(file.getParent());
    Files.delete(cache);
    return Stream.of(Arrays.copyOf(bytes, bytes.length - SUM));
  }

  private static Path onlyFile(Path cache) throws IOException {
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) throws IOException {
    FactsCache cache = new FactsCache(folder, folder);
    cache.save(Map.of(), Long.MAX_VALUE);
    CRC32 sum = new CRC32();
    sum.update(bytes);
    Files.write(
        onlyFile(folder),
        ByteBuffer.allocate(bytes.length + SUM).put(bytes).putLong(sum.getValue()).array());
    Map<String, FileFacts> facts = cache.load();
    cache.save(facts, Long.MAX_VALUE);
    assertEquals(facts, new FactsCache(folder, folder).load());
  }
}
