package org.nin4j.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.nin4j.bench.report.ReportWriter;
import org.nin4j.bench.rival.EndToEndChild;
import org.nin4j.bench.rival.PeakChild;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nin-bench}: measures, and writes what it has measured. */
@Command(
    name = "nin-bench",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Time NiN4J beside PyTorch (through DJL and through JavaCPP) and ONNX Runtime, in one run.",
      "Nothing else should run on the machine. All of it takes about an hour."
    },
    optionListHeading = "%nOptions:%n",
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin-bench --quick                     a few tasks, to see that all work",
      "  nin-bench --net nin-mnist@28 --batch 64 --parts tasks --out /tmp/mnist",
      "  nin-bench --report                    write the pages anew from results.json"
    })
final class BenchCommand implements Callable<Integer> {
  private static final String RESULTS = "results.json";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /** What can be measured. */
  enum Part {
    TASKS,
    STARTS,
    ENDTOEND,
    GROWTH,
    EPOCHS
  }

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "docs/performance",
      description = "Where the pages and results.json are written. Default: ${DEFAULT-VALUE}.")
  Path out;

  @Option(
      names = "--net",
      paramLabel = "NAME@SIZE",
      split = ",",
      defaultValue = "nin@224,nin@96,nin-cifar10@32,nin-mnist@28",
      description = "Networks and sizes. Default: ${DEFAULT-VALUE}.")
  List<String> networks;

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
          "Only these: ${COMPLETION-CANDIDATES}. What an earlier run has found of the others is kept.")
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

  @Option(names = "--quick", description = "One batch of one network, two rounds.")
  boolean quick;

  @Option(names = "--report", description = "Measure nothing; write the pages anew.")
  boolean report;

  @Option(
      names = "--readme",
      paramLabel = "FILE",
      description = "Also put the table of the README between its marks in this file.")
  Path readme;

  @Spec CommandSpec spec;

  private final Map<String, String> machine = new TreeMap<>();
  private final Map<String, List<Double>> peaks = new TreeMap<>();
  private final List<Timing> timings = new ArrayList<>();
  private final List<Start> starts = new ArrayList<>();
  private final List<EndToEnd> endToEnd = new ArrayList<>();
  private final List<Growth> growth = new ArrayList<>();
  private Children children;

  public static void main(String[] args) {
    CommandLine command =
        new CommandLine(new BenchCommand()).setCaseInsensitiveEnumValuesAllowed(true);
    command.setExecutionExceptionHandler(
        (e, line, parsed) -> {
          line.getErr().println("nin-bench: " + e.getMessage());
          return 1;
        });
    System.exit(command.execute(args));
  }

  @Override
  public Integer call() throws Exception {
    if (!report) {
      measure();
    }
    Results results = JSON.readValue(out.resolve(RESULTS).toFile(), Results.class);
    ReportWriter.write(results, out);
    if (readme != null) {
      ReportWriter.intoReadme(results, readme);
    }
    say("the page is " + out.resolve("README.md"));
    return 0;
  }

  private void measure() throws Exception {
    Path program =
        Path.of(BenchCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path folder = program.resolveSibling("lib");
    Path cache = program.resolveSibling("cache");
    children = new Children(program, new Library(folder), cache, threads);
    Files.createDirectories(out);
    if (quick) {
      networks = List.of("nin@96");
      batches = List.of(8);
      rounds = 2;
    }
    keepOtherParts();
    Machine.describe(machine, threads);
    peaks();
    if (parts.contains(Part.STARTS)) {
      say("start to first prediction");
      starts.addAll(StartRun.run(children, inOrder(Work.INFERENCE), rounds, cache));
      save();
    }
    if (parts.contains(Part.TASKS)) {
      tasks();
    }
    if (parts.contains(Part.ENDTOEND)) {
      endToEnd();
    }
    if (parts.contains(Part.GROWTH)) {
      say("growth of cost");
      growth.addAll(GrowthRun.run(children, seconds));
      save();
    }
    if (parts.contains(Part.EPOCHS)) {
      say("memory over epochs");
      growth.addAll(GrowthRun.epochs(children));
    }
    peaks();
    save();
  }

  private void keepOtherParts() throws IOException {
    Path file = out.resolve(RESULTS);
    if (parts.size() == Part.values().length || !Files.exists(file)) {
      return;
    }
    Results before = JSON.readValue(file.toFile(), Results.class);
    peaks.putAll(before.peaks());
    if (!parts.contains(Part.TASKS)) {
      timings.addAll(before.timings());
    }
    if (!parts.contains(Part.STARTS)) {
      starts.addAll(before.starts());
    }
    if (!parts.contains(Part.ENDTOEND)) {
      endToEnd.addAll(before.endToEnd());
    }
    for (Growth point : before.growth()) {
      Part part = point.axis().equals(GrowthRun.EPOCH) ? Part.EPOCHS : Part.GROWTH;
      if (!parts.contains(part)) {
        growth.add(point);
      }
    }
  }

  private void tasks() throws IOException {
    TaskRun run = new TaskRun(children, rounds, seconds);
    for (String network : networks) {
      String[] parts = network.split("@", -1);
      for (Work work : Work.values()) {
        for (int batch : batches) {
          Task task = new Task(parts[0], Integer.parseInt(parts[1]), work, batch);
          say(
              String.format(
                  Locale.ROOT,
                  "%s at %d, %s, batch %d",
                  task.network(),
                  task.size(),
                  work.name().toLowerCase(Locale.ROOT),
                  batch));
          for (Timing timing : run.run(task, inOrder(work))) {
            timings.add(timing);
            say(
                String.format(
                    Locale.ROOT,
                    "    %-45s %9.1f images/s",
                    timing.contender().title(),
                    timing.imagesPerSecond().stream().sorted().skip(rounds / 2).findFirst().get()));
          }
          save();
        }
      }
      peaks();
    }
  }

  private List<Contender> inOrder(Work work) {
    List<Contender> able = new ArrayList<>(List.of(Contender.values()));
    able.retainAll(contenders);
    if (work == Work.TRAINING) {
      able.removeAll(List.of(Contender.NIN4J_INT8, Contender.ONNX_RUNTIME));
    }
    return able;
  }

  private void peaks() throws IOException {
    try (ChildProcess process = children.start(Contender.NIN4J_FP32, PeakChild.class)) {
      for (String[] words : process.allAnswers()) {
        if (words[0].equals("engine")) {
          machine.put("engine", String.join(" ", words).substring("engine ".length()));
        } else {
          peaks
              .computeIfAbsent(words[0], key -> new ArrayList<>())
              .add(Double.parseDouble(words[1]));
        }
      }
    }
  }

  private void endToEnd() throws IOException {
    for (int size : quick ? new int[] {96} : new int[] {224, 96}) {
      for (String precision : List.of("fp32", "bf16")) {
        Task task = new Task("nin", size, Work.TRAINING, 64);
        say("end to end, nin at " + size + " in " + precision);
        int steps = size == 224 ? 6 : 20;
        try (ChildProcess process =
            children.start(
                Contender.NIN4J_FP32,
                EndToEndChild.class,
                task.network(),
                Integer.toString(size),
                Integer.toString(task.batch()),
                precision.toUpperCase(Locale.ROOT),
                Integer.toString(rounds),
                Integer.toString(precision.equals("bf16") ? 3 * steps : steps))) {
          List<Double> training = new ArrayList<>();
          List<Double> plan = new ArrayList<>();
          for (String[] words : process.allAnswers()) {
            training.add(Double.parseDouble(words[0]));
            plan.add(Double.parseDouble(words[1]));
          }
          if (training.size() < rounds) {
            throw new IOException("the training end to end has failed; what it said is above");
          }
          endToEnd.add(new EndToEnd(task, precision, training, plan));
        }
        save();
      }
    }
  }

  private void save() throws IOException {
    Results results =
        new Results(
            LocalDate.now(java.time.ZoneId.systemDefault()).toString(),
            machine,
            peaks,
            timings,
            starts,
            endToEnd,
            growth);
    Path fresh = Files.createTempFile(out, "results", ".json");
    JSON.writeValue(fresh.toFile(), results);
    Files.move(fresh, out.resolve(RESULTS), StandardCopyOption.REPLACE_EXISTING);
  }

  private void say(String line) {
    spec.commandLine().getErr().println(line);
    spec.commandLine().getErr().flush();
  }
}
