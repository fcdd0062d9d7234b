package org.nin4j.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.nin4j.train.Recipe;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nin recipe show}. */
@Command(
    name = "show",
    description = {
      "Show all values of a recipe, as 'nin train --recipe FILE' reads them. Save them to a file and"
          + " change what you like."
    },
    parameterListHeading = "%nRecipe:%n",
    optionListHeading = "%nOptions:%n",
    sortOptions = false,
    footerHeading = "%nExamples:%n",
    footer = {
      "  nin recipe show default",
      "  nin recipe show default > mine.yaml; nin train --recipe mine.yaml",
      "  nin recipe show d2l --format json"
    })
final class RecipeShowCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "NAME|FILE",
      description = "A recipe listed by 'nin recipe list', or a YAML or JSON file.")
  RecipeChoice recipe;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "yaml",
      description = "Output format: yaml or json. Default: ${DEFAULT-VALUE}.")
  RecipeFormat format;

  @Spec CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    spec.commandLine().getOut().print(format.text(chosen()));
    spec.commandLine().getOut().flush();
    return 0;
  }

  private Recipe chosen() throws IOException {
    try {
      return recipe.recipe();
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }
}
