package org.nin4j.internal;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/**
 * Where fetched data sets are kept: {@code NIN4J_CACHE} if set, else {@code nin4j} in the user's
 * cache folder as the operating system has it.
 */
public final class CacheFolder {
  private CacheFolder() {}

  /** The folder; it need not exist. */
  public static Path locate() {
    return locate(
        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
  }

  static Path locate(Map<String, String> environment, String system, Path home) {
    String own = environment.getOrDefault("NIN4J_CACHE", "");
    if (!own.isEmpty()) {
      return Path.of(own);
    }
    String xdg = environment.getOrDefault("XDG_CACHE_HOME", "");
    if (!xdg.isEmpty()) {
      return Path.of(xdg, "nin4j");
    }
    String lower = system.toLowerCase(Locale.ROOT);
    if (lower.startsWith("mac")) {
      return home.resolve("Library").resolve("Caches").resolve("nin4j");
    }
    String local = environment.getOrDefault("LOCALAPPDATA", "");
    if (lower.startsWith("windows") && !local.isEmpty()) {
      return Path.of(local, "nin4j");
    }
    return home.resolve(".cache").resolve("nin4j");
  }
}
