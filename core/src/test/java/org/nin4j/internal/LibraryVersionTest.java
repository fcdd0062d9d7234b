package org.nin4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class LibraryVersionTest {
  @Test
  void aClassInAModuleHasTheVersionOfTheModule() {
    assertEquals(Optional.of(System.getProperty("java.version")), LibraryVersion.of(String.class));
  }

  /** The jar's name ends with its version. */
  @Test
  void aClassInAJarOnTheClassPathHasTheVersionOfTheManifest() {
    String version = LibraryVersion.of(Test.class).orElseThrow();
    String jar = Test.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    assertTrue(jar.endsWith("-" + version + ".jar"), version + " of " + jar);
  }

  @Test
  void aClassInAFolderHasNoVersion() {
    assertEquals(Optional.empty(), LibraryVersion.of(LibraryVersion.class));
  }
}
