package org.nin4j.bench.serving;

import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nin4j.Engines;
import org.nin4j.engine.Precision;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nin-bench serve}: measures the server under load. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Measure the server under load on loopback: cost, latency, overload, and PyTorch (DJL)"
          + " behind the same parts.",
      "Server and load generator share the processors of this machine."
    },
    optionListHeading = "%nOptions:%n")
public final class ServeCommand implements Callable<Integer> {
  private static final double NIN_SHARE = 0.85;
  private static final double MNIST_SHARE = 0.6;

  /** What can be measured. */
  enum Part {
    INFER,
    TORCH,
    OVERLOAD
  }

  @Option(
      names = "--parts",
      paramLabel = "PART",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "4",
      description = "Length of a run. Default: ${DEFAULT-VALUE}.")
  double seconds;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      defaultValue = "3",
      description = "Runs of each kind, of which the median counts. Default: ${DEFAULT-VALUE}.")
  int repeats;

  @Option(
      names = "--connections",
      paramLabel = "N",
      defaultValue = "8",
      description = "Connections that make the greatest load. Default: ${DEFAULT-VALUE}.")
  int connections;

  @Option(
      names = "--overload-seconds",
      paramLabel = "S",
      defaultValue = "60",
      description = "How long the overload lasts. Default: ${DEFAULT-VALUE}.")
  double overloadSeconds;

  @Option(
      names = "--soak",
      paramLabel = "MINUTES",
      converter = Minutes.class,
      description = "Measure nothing else, but half of the greatest load for so long.")
  Duration soak;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path program =
        Path.of(ServeCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Launcher launcher =
        new Launcher(
            program, program.resolveSibling("cache"), Runtime.getRuntime().availableProcessors());
    MeasurementSettings settings = new MeasurementSettings(seconds, repeats, connections, 256);
    if (soak != null) {
      say(new SoakMeasurement(launcher, settings, this::say).run(soak).toString());
      return 0;
    }
    ServingReport report = new ServingReport();
    InferMeasurement infer = new InferMeasurement(launcher, settings, this::say);
    for (String name : List.of("nin", "nin-mnist")) {
      int size = name.equals("nin") ? 96 : 28;
      for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
        if (parts.contains(Part.INFER) && Engines.best().supports(precision)) {
          InferResult result = infer.run(ServedNetwork.write(launcher, name, size, precision));
          report.add(result, name.equals("nin") ? NIN_SHARE : MNIST_SHARE);
        }
      }
      if (parts.contains(Part.TORCH)) {
        report.add(infer.torch(ServedNetwork.write(launcher, name, size, Precision.FP32)));
      }
    }
    if (parts.contains(Part.OVERLOAD)) {
      OverloadMeasurement overload = new OverloadMeasurement(launcher, settings, this::say);
      report.add(overload.run(overloadSeconds));
    }
    spec.commandLine().getOut().print(report);
    spec.commandLine().getOut().flush();
    return 0;
  }

  /** Reads minutes. */
  static final class Minutes implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Duration.ofSeconds(Math.round(60 * Double.parseDouble(text)));
    }
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
