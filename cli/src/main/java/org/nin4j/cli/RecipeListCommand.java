package org.nin4j.cli;

import java.io.PrintWriter;
import java.util.Locale;
import org.nin4j.train.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code nin recipe list}. */
@Command(
    name = "list",
    description = "List the recipes that are built in.",
    optionListHeading = "%nOptions:%n")
final class RecipeListCommand implements Runnable {
  private static final String ROW = "%-12s %-10s %13s %7s %11s%n";

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(ROW, "NAME", "OPTIMIZER", "LEARNING RATE", "EPOCHS", "BATCH SIZE");
    for (String name : Recipe.names()) {
      Recipe recipe = Recipe.named(name);
      out.printf(
          Locale.ROOT,
          ROW,
          name,
          recipe.optimizer().name(),
          recipe.schedule().learningRate(),
          recipe.epochs(),
          recipe.batchSize());
    }
    out.println();
    out.println("Show all values of a recipe with: nin recipe show NAME");
    out.flush();
  }
}
