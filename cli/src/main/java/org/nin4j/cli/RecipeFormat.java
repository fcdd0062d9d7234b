package org.nin4j.cli;

import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;

/** The formats in which {@code nin recipe show} prints a recipe. */
enum RecipeFormat {
  YAML {
    @Override
    String text(Recipe recipe) {
      return YamlWriter.write(
          "A complete recipe: nin train --recipe FILE.yaml", RecipeJson.write(recipe));
    }
  },
  JSON {
    @Override
    String text(Recipe recipe) {
      return RecipeJson.write(recipe) + "\n";
    }
  };

  /** Returns the recipe in this format, as {@code --recipe} reads it from a file. */
  abstract String text(Recipe recipe);
}
