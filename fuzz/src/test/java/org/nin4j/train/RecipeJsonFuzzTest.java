package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;

/** Recipes as JSON text of any content. */
class RecipeJsonFuzzTest {
  static Stream<byte[]> seeds() {
    return Recipe.names().stream()
        .map(Recipe::named)
        .map(RecipeJson::write)
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) {
    Untrusted.text(bytes, RecipeJson::read)
        .ifPresent(recipe -> assertEquals(recipe, RecipeJson.read(RecipeJson.write(recipe), "it")));
  }
}
