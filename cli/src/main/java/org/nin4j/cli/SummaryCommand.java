package org.nin4j.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.nin4j.io.ImportOptions;
import org.nin4j.nn.report.SummaryFormat;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code nin summary}. */
@Command(
    name = "summary",
    description = "Show a network layer by layer: shapes, parameters, work and memory.",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin summary",
      "  nin summary --format torch",
      "  nin summary --net nin-cifar10 --input 128x3x32x32",
      "  nin summary --model model.safetensors",
      "  nin summary --net nin-cifar10 --format architecture > mine.json",
      "  nin summary --net mine.json --format csv > mine.csv"
    })
final class SummaryCommand implements Callable<Integer> {
  @Option(
      names = "--model",
      paramLabel = ModelChoice.LABEL,
      description =
          "Show the network of a model: a file of any format, a run folder, or the name of a model that"
              + " comes with nin. With --net, check that a file that only holds tensors fits it.")
  ModelChoice model;

  @Mixin NetworkOption network;

  @Mixin BatchOptions batch;

  @ArgGroup(exclusive = false, heading = "%nFiles of other programs, with --model:%n")
  ArchitectureFiles files = new ArchitectureFiles();

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "Output format: table, torch, markdown, csv, json or architecture. torch prints the listing of"
              + " Dive into Deep Learning, section 7.3 (d2l.ai), architecture the network as a JSON file"
              + " for --net. Default: ${DEFAULT-VALUE}.")
  SummaryFormat format;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    spec.commandLine()
        .getOut()
        .print(format.render(batch.summarize(model == null ? withoutModel() : ofModel())));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private NetworkChoice withoutModel() throws IOException {
    if (!files.addTo(ImportOptions.none()).equals(ImportOptions.none())) {
      throw new UsageException("--map and --prototxt need --model, the file that they are about");
    }
    return network.net;
  }

  /** Returns the network that the model's file says or, if it does not, that of --net. */
  private NetworkChoice ofModel() throws IOException {
    ImportOptions options = files.addTo(ImportOptions.none());
    return spec.commandLine().getParseResult().hasMatchedOption(NetworkOption.NET)
        ? (image, classes) -> model.network(options.network(network.build(image, classes)))
        : NetworkChoice.of(model.network(options), model.name());
  }
}
