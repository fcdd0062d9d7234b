package org.nin4j.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.io.PretrainedModels;
import org.nin4j.server.NinServer;
import org.nin4j.server.NinServerBuilder;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nin serve}. */
@Command(
    name = "serve",
    customSynopsis = "nin serve --model=[NAME=]MODEL... [OPTIONS]",
    description = {
      "Classify images over HTTP.",
      "Answers image files at /classify/NAME, and tensors by the Open Inference Protocol (v2)."
    },
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin serve --model nin-small-cifar10",
      "  curl -F image=@boot.png http://localhost:8080/classify/nin-small-cifar10",
      "  nin serve --model shoes=runs/shoes --model digits=digits-int8.safetensors --watch",
      "  nin serve --model model.onnx --host 0.0.0.0 --token-file token.txt --access-log -"
    })
final class ServeCommand implements Callable<Integer> {
  private static final int MOST_PORT = 65_535;
  private static final Path SCREEN = Path.of("-");

  /** Kept, as the JDK drops the settings of a logger that nobody refers to. */
  private static final Logger JETTY = Logger.getLogger("org.eclipse.jetty");

  /** These warn of requests that are not HTTP, with the text of the client. */
  private static final List<Logger> PARSERS =
      List.of(
          Logger.getLogger("org.eclipse.jetty.http"),
          Logger.getLogger("org.eclipse.jetty.util.HostPort"));

  @Option(
      names = "--model",
      paramLabel = NamedModel.LABEL,
      description =
          "A model and its name in the paths: a file of any format, a run folder, or a model that comes"
              + " with nin. Repeat it for more. Default name: that of the file, without its extension.")
  List<NamedModel> choices = new ArrayList<>();

  @Option(
      names = "--port",
      paramLabel = "N",
      defaultValue = "8080",
      description =
          "The port to listen on; 0 for any that is free, which is printed. Default:"
              + " ${DEFAULT-VALUE}.")
  int port;

  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      defaultValue = "127.0.0.1",
      description =
          "The address to listen on; 0.0.0.0 for all. Default: ${DEFAULT-VALUE}, which only this"
              + " machine reaches.")
  String host;

  @Mixin EngineOptions engineOptions;

  @Option(
      names = "--watch",
      paramLabel = "TIME",
      arity = "0..1",
      fallbackValue = "1s",
      converter = Quantity.Time.class,
      description =
          "Load a model again when its file has changed, and look as often as this. Default:"
              + " ${FALLBACK-VALUE}, if the option is given at all.")
  Duration watch;

  @Option(
      names = "--access-log",
      paramLabel = "FILE|-",
      description = "Write a line of JSON for each request to a file, or to the screen.")
  Path accessLog;

  @Option(
      names = "--drain-time",
      paramLabel = "TIME",
      converter = Quantity.Time.class,
      defaultValue = "30s",
      description =
          "How long to finish what was accepted after Ctrl-C or SIGTERM. Default: ${DEFAULT-VALUE}.")
  Duration drainTime;

  @ArgGroup(exclusive = false, heading = AccessOptions.HEADING)
  AccessOptions access = new AccessOptions();

  @ArgGroup(exclusive = false, heading = LimitOptions.HEADING)
  LimitOptions limitOptions = new LimitOptions();

  @ArgGroup(exclusive = false, heading = ForeignFileOptions.HEADING)
  ForeignFileOptions foreign = new ForeignFileOptions();

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    checkUsage();
    ServerLimits limits = limitOptions.read();
    int threads = engineOptions.threads();
    JETTY.setLevel(Level.WARNING);
    PARSERS.forEach(logger -> logger.setLevel(Level.OFF));
    Engines.prepare();
    CommandLine command = spec.commandLine();
    ServedModels served = new ServedModels(engineOptions, command);
    served.read(choices, foreign.read());
    Engine engine = EngineOptions.engine(command);
    try (ModelRepository models = new ModelRepository(engine, threads, limitOptions.queue)) {
      NinServerBuilder builder = NinServer.builder(models);
      builder.host(host).port(port).limits(limits).drainTime(drainTime);
      access.addTo(builder);
      logTo(builder);
      if (watch != null) {
        builder.watchModels(watch);
      }
      served.addTo(models);
      try (NinServer server = builder.build();
          StopRequest stop = new StopRequest("finishing what was accepted; Ctrl-C again ends it")) {
        server.start();
        access.warning(host).ifPresent(warning -> Failures.warn(command, warning));
        serve(server, models, engine, stop);
      }
    }
    return 0;
  }

  private void serve(NinServer server, ModelRepository models, Engine engine, StopRequest stop) {
    PrintWriter screen = spec.commandLine().getOut();
    new ServeReport(screen).started(server, models, engine, access.curlOption());
    stop.await();
    server.stop();
  }

  private void checkUsage() {
    if (choices.isEmpty()) {
      throw new UsageException(
          "--model is missing; name a model file, a run folder, or a model that comes with nin ("
              + String.join(", ", PretrainedModels.names())
              + ")");
    }
    NamedModel.requireDifferentNames(choices);
    if (port < 0 || port > MOST_PORT) {
      throw new UsageException("--port must be from 0 to " + MOST_PORT + ", but is " + port);
    }
    if (watch != null && watch.toMillis() < 1) {
      throw new UsageException("--watch must be at least 1ms");
    }
    access.check();
  }

  private void logTo(NinServerBuilder builder) {
    if (SCREEN.equals(accessLog)) {
      builder.accessLog(System.out);
    } else if (accessLog != null) {
      builder.accessLog(accessLog);
    }
  }
}
