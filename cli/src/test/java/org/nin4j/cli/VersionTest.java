package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Runs {@code nin --version} in separate processes, because a process loads oneDNN only once. */
class VersionTest {
  private static final String CLASS_PATH = System.getProperty("java.class.path");

  private static List<String> version(String classPath, String mostInstructions) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(java, "-cp", classPath, Main.class.getName(), "--version");
    builder.environment().put("ONEDNN_MAX_CPU_ISA", mostInstructions);
    builder.redirectError(ProcessBuilder.Redirect.DISCARD); // Java's own warnings
    Process process = builder.start();
    List<String> lines = lines(process);
    assertEquals(0, process.waitFor(), lines.toString());
    return lines;
  }

  private static List<String> lines(Process process) throws IOException {
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void itShowsTheInstructionSetInUse() throws Exception {
    List<String> lines = version(CLASS_PATH, "SSE41");
    assertTrue(lines.get(0).startsWith("nin "), lines.toString());
    assertTrue(lines.get(1).matches("oneDNN 3[.]\\S+ \\(sse41\\)"), lines.get(1));
    assertTrue(lines.get(2).startsWith("Java " + Runtime.version()), lines.get(2));
    assertEquals("Linux amd64", lines.get(3));
    assertEquals(4, lines.size(), lines.toString());
  }

  @Test
  void itShowsWhyThereIsNoNativeLibrary() throws Exception {
    String withoutNative =
        Arrays.stream(CLASS_PATH.split(File.pathSeparator))
            .filter(
                entry ->
                    !Path.of(entry)
                        .getFileName()
                        .toString()
                        .matches("dnnl-.*(linux|macosx|windows).*"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> lines = version(withoutNative, "ALL");
    assertTrue(lines.get(1).startsWith("reference engine (plain Java "), lines.toString());
    assertTrue(lines.get(2).startsWith("oneDNN's native library cannot be loaded"), lines.get(2));
    assertTrue(lines.get(3).startsWith("Java "), lines.toString());
  }
}
