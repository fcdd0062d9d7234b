package org.nin4j.server.metrics;

import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.DoubleSupplier;

/** What the process takes of its machine, under the names that Prometheus' clients agree on. */
final class ProcessMetrics {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final double MILLIS = 1e3;
  private static final double NANOS = 1e9;
  private static final int KIB = 1024;

  private ProcessMetrics() {}

  static void register(PrometheusRegistry registry) {
    ProcessHandle.Info process = ProcessHandle.current().info();
    Optional<Instant> start = process.startInstant();
    if (start.isPresent()) {
      double seconds = start.get().toEpochMilli() / MILLIS;
      gauge(registry, "process_start_time_seconds", "When the process started", () -> seconds);
    }
    if (process.totalCpuDuration().isPresent()) {
      CounterWithCallback.builder()
          .name("process_cpu_seconds")
          .help("Processor time of all threads")
          .callback(counter -> counter.call(cpuSeconds()))
          .register(registry);
    }
    if (Files.isReadable(STATUS)) { // the weights and the engine's memory are not on Java's heap
      gauge(
          registry,
          "process_resident_memory_bytes",
          "Memory of the process, with that of the engine",
          ProcessMetrics::residentBytes);
    }
    Runtime runtime = Runtime.getRuntime();
    gauge(
        registry,
        "jvm_heap_used_bytes",
        "Memory that Java's objects take",
        () -> runtime.totalMemory() - runtime.freeMemory());
    gauge(
        registry, "jvm_heap_max_bytes", "Memory that Java's objects may take", runtime::maxMemory);
  }

  private static void gauge(
      PrometheusRegistry registry, String name, String help, DoubleSupplier value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(gauge -> gauge.call(value.getAsDouble()))
        .register(registry);
  }

  private static double cpuSeconds() {
    Duration total = ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    return total.toNanos() / NANOS;
  }

  /** The line {@code VmRSS: 123456 kB} of Linux; NaN when there is none. */
  private static double residentBytes() {
    try {
      for (String line : Files.readAllLines(STATUS)) {
        if (line.startsWith("VmRSS:")) {
          return Double.parseDouble(line.replaceAll("\\D", "")) * KIB;
        }
      }
    } catch (IOException e) {
      return Double.NaN;
    }
    return Double.NaN;
  }
}
