package org.nin4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root command. Help lists the commands in the order in which they are registered here. */
@Command(
    name = "nin",
    subcommands = {
      TrainCommand.class,
      LrFindCommand.class,
      ReportCommand.class,
      EvalCommand.class,
      PredictCommand.class,
      ExplainCommand.class,
      ServeCommand.class,
      QuantizeCommand.class,
      ConvertCommand.class,
      InspectCommand.class,
      SummaryCommand.class,
      CompareCommand.class,
      RecipeCommand.class,
      DataCommand.class
    },
    subcommandsRepeatable = false,
    synopsisSubcommandLabel = "COMMAND",
    versionProvider = Version.class,
    description = {
      "Train, test and use Network in Network (NiN) and similar image classifiers on the JVM.",
      "The preset nin is the network of Dive into Deep Learning, section 7.3 (d2l.ai)."
    },
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:Success.",
      "1:Failure, such as a damaged file or a full disk.",
      "2:Invalid usage, such as an unknown option.",
      "130:Stopped by Ctrl-C."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin train                   train NiN on an embedded sample of Fashion-MNIST",
      "  nin summary                 show NiN layer by layer",
      "  nin summary --net vgg11     show VGG-11, the network of section 7.2, layer by layer",
      "  nin compare nin vgg11       compare the two",
      "  nin COMMAND --help          show the options of a command, with examples"
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
