package org.nin4j.bench;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.nin4j.bench.report.ReportWriter;
import org.nin4j.bench.result.Contender;
import org.nin4j.bench.result.Results;
import org.nin4j.bench.serving.ServeCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code nin-bench}: measures, and writes what it has measured. */
@Command(
    name = "nin-bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    subcommands = ServeCommand.class,
    description = {
      "Compare the speed of NiN4J, PyTorch (through DJL and JavaCPP) and ONNX Runtime in one run.",
      "Nothing else should run on the machine. A full run takes half an hour or more."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin-bench --quick                     a few tasks, to see that everything works",
      "  nin-bench --net nin-mnist@28 --batch 64 --parts tasks --out /tmp/mnist",
      "  nin-bench --report                    rewrite the pages from results.json"
    })
final class BenchCommand implements Callable<Integer> {
  private static final Path PAGES = Path.of("docs", "performance");

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description =
          "Where the pages and results.json are written. Default: docs/performance, with --quick"
              + " bench/target/quick.")
  Path out;

  @Option(
      names = "--net",
      paramLabel = "NAME@SIZE",
      split = ",",
      defaultValue = "nin@224,nin@96,nin-cifar10@32,nin-mnist@28",
      description = "Networks and sizes. Default: ${DEFAULT-VALUE}.")
  List<NetworkAtSize> networks;

  @Option(
      names = "--batch",
      paramLabel = "N",
      split = ",",
      defaultValue = "1,8,64,128",
      description = "Batch sizes. Default: ${DEFAULT-VALUE}.")
  List<Integer> batches;

  @Option(
      names = "--contenders",
      paramLabel = "NAME",
      split = ",",
      description = "Only these: ${COMPLETION-CANDIDATES}.")
  Set<Contender> contenders = EnumSet.allOf(Contender.class);

  @Option(
      names = "--parts",
      paramLabel = "PART",
      split = ",",
      description =
          "Only these: ${COMPLETION-CANDIDATES}. The results of the others from an earlier run are kept.")
  Set<Part> parts = EnumSet.allOf(Part.class);

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "5",
      description = "Turns of each contender. Default: ${DEFAULT-VALUE}.")
  int rounds;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      defaultValue = "0.7",
      description = "Length of a turn; at least one step. Default: ${DEFAULT-VALUE}.")
  double seconds;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads of every contender. Default: one for each processor.")
  int threads = Runtime.getRuntime().availableProcessors();

  @Option(
      names = "--quick",
      description = "One batch of one network, two rounds, to see that it works.")
  boolean quick;

  @Option(names = "--report", description = "Measure nothing; rewrite the pages.")
  boolean report;

  @Option(
      names = "--readme",
      paramLabel = "FILE",
      description = "Also put the table of the README between its marks in this file.")
  Path readme;

  @Spec CommandSpec spec;

  public static void main(String[] args) {
    CommandLine command =
        new CommandLine(new BenchCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .registerConverter(NetworkAtSize.class, BenchCommand::network);
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          line.getErr().println("nin-bench: " + e.getMessage());
          return 1;
        });
    System.exit(command.execute(args));
  }

  private static NetworkAtSize network(String text) {
    try {
      return NetworkAtSize.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }

  @Override
  public Integer call() throws Exception {
    if (rounds < 1 || threads < 1 || batches.stream().anyMatch(batch -> batch < 1)) {
      throw new ParameterException(
          spec.commandLine(), "--rounds, --threads and --batch must be at least 1");
    }
    Path program =
        Path.of(BenchCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = out != null ? out : quick ? program.resolveSibling("quick") : PAGES;
    if (!report) {
      Library library = new Library(program.resolveSibling("lib"));
      Path cache = program.resolveSibling("cache");
      Children children = new Children(program, library, cache, threads);
      new Bench(settings(), children, new ResultsFile(folder), this::say).run(cache);
    }
    Results results = ResultsFile.read(folder);
    ReportWriter.write(results, folder);
    if (readme != null) {
      ReportWriter.intoReadme(results, readme);
    }
    say("the page is " + folder.resolve("README.md"));
    return 0;
  }

  private Settings settings() {
    return quick
        ? new Settings(
            List.of(new NetworkAtSize("nin", 96)),
            List.of(8),
            List.of(96),
            contenders,
            EnumSet.of(Part.TASKS, Part.STARTS, Part.ENDTOEND),
            2,
            seconds)
        : new Settings(networks, batches, List.of(224, 96), contenders, parts, rounds, seconds);
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
