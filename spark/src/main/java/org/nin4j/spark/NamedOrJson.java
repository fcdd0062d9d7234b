package org.nin4j.spark;

import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;
import org.nin4j.train.Recipe;
import org.nin4j.train.RecipeJson;

/** What a parameter says either by a name or as JSON text. */
final class NamedOrJson {
  private NamedOrJson() {}

  /** Returns whether a text is meant to be JSON. */
  static boolean isJson(String text) {
    return text.stripLeading().startsWith("{");
  }

  /**
   * Returns a network: a preset of its own size and number of classes, or the one of the text.
   *
   * @throws IllegalArgumentException when there is no such preset, or the text is not a network
   */
  static Network network(String nameOrJson) {
    return isJson(nameOrJson)
        ? NetworkJson.read(nameOrJson, "the network")
        : Networks.named(nameOrJson).build();
  }

  /**
   * Returns a recipe.
   *
   * @throws IllegalArgumentException when there is none of that name, or the text is not a recipe
   */
  static Recipe recipe(String nameOrJson) {
    return isJson(nameOrJson)
        ? RecipeJson.read(nameOrJson, "the recipe")
        : Recipe.named(nameOrJson);
  }
}
