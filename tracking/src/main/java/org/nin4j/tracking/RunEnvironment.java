package org.nin4j.tracking;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import org.nin4j.internal.LibraryVersion;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;

/**
 * Where and when a run was started.
 *
 * @param version the version of this library
 * @param engine the description of the engine
 * @param java the version of Java
 * @param system the operating system and the processor architecture
 * @param processor the name of the processor, if the system tells it
 * @param cores number of processors that Java may use
 * @param maxHeap how much memory Java's heap may use, in MiB
 * @param started the time in ISO 8601
 */
public record RunEnvironment(
    String version,
    String engine,
    String java,
    String system,
    Optional<String> processor,
    int cores,
    long maxHeap,
    String started) {
  private static final Path PROCESSORS = Path.of("/proc/cpuinfo"); // of Linux
  private static final String NAME = "model name";

  static RunEnvironment now(String engine) {
    return new RunEnvironment(
        LibraryVersion.of(RunEnvironment.class).orElse("development"),
        engine,
        Runtime.version().toString(),
        System.getProperty("os.name") + " " + System.getProperty("os.arch"),
        processorName(),
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() >> 20,
        Instant.now().toString());
  }

  private static Optional<String> processorName() {
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .filter(line -> line.startsWith(NAME) && line.contains(":"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException | UncheckedIOException e) {
      return Optional.empty(); // another system, or the file may not be read
    }
  }

  void write(JsonWriter json) {
    json.text("version", version);
    json.text("engine", engine);
    json.text("java", java);
    json.text("system", system);
    processor.ifPresent(name -> json.text("processor", name));
    json.number("cores", cores);
    json.number("max_heap", maxHeap);
    json.text("started", started);
  }

  static RunEnvironment read(JsonObject json) {
    return new RunEnvironment(
        json.text("version"),
        json.text("engine"),
        json.text("java"),
        json.text("system"),
        json.has("processor") ? Optional.of(json.text("processor")) : Optional.empty(),
        json.intAtLeast("cores", 1),
        json.longNumber("max_heap"),
        json.text("started"));
  }
}
