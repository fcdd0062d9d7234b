package org.nin4j.interchange.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.onnx.proto.OnnxMl;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.nin4j.io.Models;

/** Formats whose libraries are not there do not keep others from being used. */
class MissingLibraryTest {
  private static Object extensions(Class<?>... libraries)
      throws IOException, ReflectiveOperationException {
    URL[] urls =
        Stream.concat(Stream.of(Models.class, ZipFileReader.class), Stream.of(libraries))
            .map(each -> each.getProtectionDomain().getCodeSource().getLocation())
            .toArray(URL[]::new);
    try (URLClassLoader loader = new URLClassLoader(urls, ClassLoader.getPlatformClassLoader())) {
      return loader.loadClass(Models.class.getName()).getMethod("writableExtensions").invoke(null);
    }
  }

  @Test
  void withoutProtobufThereIsNoOnnx() throws Exception {
    assertEquals(List.of(".safetensors", ".pt", ".pth", ".npz"), extensions(OnnxMl.class));
  }

  @Test
  void withItThereIs() throws Exception {
    assertEquals(
        List.of(".safetensors", ".pt", ".pth", ".npz", ".onnx"),
        extensions(OnnxMl.class, com.google.protobuf.Message.class));
  }
}
