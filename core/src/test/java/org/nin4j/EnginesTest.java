package org.nin4j;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.nin4j.engine.onednn.OneDnnEngine;

class EnginesTest {
  @Test
  @EnabledOnOs(OS.LINUX)
  void theBestEngineIsOneDnnWithoutAWarning() {
    List<String> warnings = new ArrayList<>();
    assertInstanceOf(OneDnnEngine.class, Engines.best(warnings::add));
    assertEquals(List.of(), warnings);
  }

  @Test
  void withoutTheNativeLibraryItIsPlainJavaWithOneWarning() throws Exception {
    List<String> warnings = new ArrayList<>();
    try (LoaderWithoutOneDnn loader = new LoaderWithoutOneDnn()) {
      Object engine =
          loader
              .loadClass("org.nin4j.Engines")
              .getMethod("best", Consumer.class)
              .invoke(null, (Consumer<String>) warnings::add);
      assertEquals("org.nin4j.engine.reference.ReferenceEngine", engine.getClass().getName());
    }
    assertEquals(1, warnings.size());
    assertTrue(warnings.get(0).contains("cannot be loaded"), warnings.get(0));
    assertTrue(warnings.get(0).endsWith("going on in plain Java, many times slower"));
  }

  /** Loads the library's own classes anew, as if oneDNN's were not on the class path. */
  private static final class LoaderWithoutOneDnn extends URLClassLoader {
    LoaderWithoutOneDnn() throws IOException {
      super(new URL[] {Path.of("target", "classes").toUri().toURL()}, null);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (name.startsWith("org.bytedeco.dnnl")) {
        throw new ClassNotFoundException(name);
      }
      return name.startsWith("org.nin4j.")
          ? super.findClass(name)
          : EnginesTest.class.getClassLoader().loadClass(name);
    }
  }
}
