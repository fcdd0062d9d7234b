package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.nin4j.error.InvalidFileException;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;

/** A choice of a recipe: a name, a file, or the recipe itself. */
@FunctionalInterface
interface RecipeChoice {
  /**
   * Returns the recipe.
   *
   * @throws IllegalArgumentException if there is no recipe of that name
   * @throws IOException if the file cannot be read or does not hold a recipe
   */
  Recipe recipe() throws IOException;

  /** Returns the recipe of this name, or in this file if the text ends as YAML or JSON files do. */
  static RecipeChoice of(String nameOrFile) {
    return YamlFile.isNamed(nameOrFile)
        ? () -> read(Path.of(nameOrFile))
        : () -> Recipe.named(nameOrFile);
  }

  /**
   * Returns the recipe in this JSON text.
   *
   * @param source the name of the text in messages
   * @throws IllegalArgumentException if it is not a recipe
   */
  static RecipeChoice written(String json, String source) {
    Recipe recipe = RecipeJson.read(json, source);
    return () -> recipe;
  }

  private static Recipe read(Path file) throws IOException {
    String json = YamlFile.read(file);
    try {
      return RecipeJson.read(json, file.toString());
    } catch (IllegalArgumentException e) {
      throw InvalidFileException.saying(file, e.getMessage(), e);
    }
  }
}
