package org.nin4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root: every command is registered here, in the order in which help lists them. */
@Command(
    name = "nin",
    subcommands = {
      TrainCommand.class,
      EvalCommand.class,
      PredictCommand.class,
      QuantizeCommand.class,
      SummaryCommand.class,
      CompareCommand.class,
      DataCommand.class
    },
    subcommandsRepeatable = false,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    description = "Network in Network on the JVM: inspect it, train it, use it.",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:success", "1:failure: bad data, a bad file, a full disk", "2:wrong usage"},
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin train                         the chapter's network on an embedded sample",
      "  nin summary                       the chapter's network, layer by layer",
      "  nin summary --net vgg11           the network that it is compared with",
      "  nin compare nin vgg11             both side by side",
      "  nin COMMAND --help                what a command takes, with examples"
    })
final class NinCommand implements Runnable {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help and exit.")
  boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version and exit.")
  boolean version;

  @Spec CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command");
  }
}
