package org.nin4j.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code nin recipe}: the hyperparameters to train with. */
@Command(
    name = "recipe",
    description = "List and show recipes: the hyperparameters to train with.",
    synopsisSubcommandLabel = "COMMAND",
    optionListHeading = "%nOptions:%n",
    commandListHeading = "%nCommands:%n",
    subcommands = {RecipeListCommand.class, RecipeShowCommand.class})
final class RecipeCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "missing command: list or show");
  }
}
