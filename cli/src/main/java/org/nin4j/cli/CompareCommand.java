package org.nin4j.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.nin4j.nn.Comparison;
import org.nin4j.nn.Summary;
import org.nin4j.nn.report.ComparisonFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nin compare}. */
@Command(
    name = "compare",
    description = "Compare networks side by side: parameters, work and memory.",
    parameterListHeading = "%nNetworks:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin compare nin vgg11",
      "  nin compare nin vgg11 --input 1x3x96x96 --classes 100",
      "  nin compare nin-cifar10 mine.json --format markdown"
    })
final class CompareCommand implements Callable<Integer> {
  @Parameters(
      arity = "1..*",
      paramLabel = "PRESET|FILE.json",
      description = {
        "Two or more networks: presets, or JSON files.",
        "Presets: " + NetworkOption.PRESETS + "."
      })
  List<NetworkChoice> nets;

  @Mixin BatchOptions batch;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description = "Output format: table, markdown, csv or json. Default: ${DEFAULT-VALUE}.")
  ComparisonFormat format;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    if (nets.size() < 2) {
      throw new UsageException("two networks or more are needed, such as nin and vgg11");
    }
    List<Summary> summaries = new ArrayList<>();
    for (NetworkChoice net : nets) {
      summaries.add(batch.summarize(net));
    }
    spec.commandLine().getOut().print(format.render(new Comparison(summaries)));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
