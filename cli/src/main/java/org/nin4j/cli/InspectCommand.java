package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.nin4j.io.FileDescription;
import org.nin4j.io.Models;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nin inspect}. */
@Command(
    name = "inspect",
    description = {
      "Show what a model file holds: its format, metadata, tensors and graph.",
      "Nothing in the file is executed, and weights are not read."
    },
    parameterListHeading = "%nFile:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin inspect model.safetensors",
      "  nin inspect nin.pt --format json | jq -r '.tensors[].name'"
    })
final class InspectCommand implements Callable<Integer> {
  @Parameters(paramLabel = "FILE", description = "A model file of any format.")
  Path file;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description =
          "Output format: text, or json, with metadata in full length. Default: ${DEFAULT-VALUE}.")
  DescriptionFormat format;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    FileDescription description = Models.describe(file);
    spec.commandLine()
        .getOut()
        .print(format.render(new DescribedFile(file, Files.size(file), description)));
    spec.commandLine().getOut().flush();
    return 0;
  }
}
