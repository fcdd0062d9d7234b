package org.nin4j.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.nin4j.nn.report.SummaryFormat;
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
      "  nin summary --net mine.json --format csv > mine.csv"
    })
final class SummaryCommand implements Callable<Integer> {
  @Mixin NetworkOption network;

  @Mixin BatchOptions batch;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "table",
      description =
          "Output format: table, torch, markdown, csv or json. torch prints the listing of Dive into"
              + " Deep Learning, section 7.3 (d2l.ai). Default: ${DEFAULT-VALUE}.")
  SummaryFormat format;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().print(format.render(batch.summarize(network.net)));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
