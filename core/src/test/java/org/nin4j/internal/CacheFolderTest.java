package org.nin4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CacheFolderTest {
  private static final Path HOME = Path.of("home");

  @Test
  void theVariableOfTheProjectGoesFirst() {
    assertEquals(
        Path.of("own"),
        CacheFolder.locate(Map.of("NIN4J_CACHE", "own", "XDG_CACHE_HOME", "x"), "Linux", HOME));
  }

  @Test
  void elseItIsWhereTheSystemKeepsCaches() {
    assertEquals(
        Path.of("x", "nin4j"), CacheFolder.locate(Map.of("XDG_CACHE_HOME", "x"), "Linux", HOME));
    assertEquals(Path.of("home", ".cache", "nin4j"), CacheFolder.locate(Map.of(), "Linux", HOME));
    assertEquals(
        Path.of("home", "Library", "Caches", "nin4j"),
        CacheFolder.locate(Map.of(), "Mac OS X", HOME));
    assertEquals(
        Path.of("local", "nin4j"),
        CacheFolder.locate(Map.of("LOCALAPPDATA", "local"), "Windows 11", HOME));
  }
}
