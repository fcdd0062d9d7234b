package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nin4j.data.AlternatingFlip;
import org.nin4j.data.Augmentation;
import org.nin4j.data.ColorJitter;
import org.nin4j.data.Cutout;
import org.nin4j.data.ImageSize;
import org.nin4j.data.RandomAffine;
import org.nin4j.data.RandomCrop;
import org.nin4j.data.RandomCrop.PaddingMode;
import org.nin4j.data.RandomErasing;
import org.nin4j.data.RandomHorizontalFlip;
import org.nin4j.data.RandomResizedCrop;
import org.nin4j.data.Range;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonWriter;

class AugmentationJsonTest {
  private static final List<Augmentation> ALL =
      List.of(
          new AlternatingFlip(),
          new ColorJitter(0.1, 0.2, 1.0 / 3),
          new Cutout(8),
          new RandomAffine(10, 0.1, new Range(0.9, 1.1)),
          new RandomCrop(4, PaddingMode.REFLECT),
          new RandomCrop(Optional.of(new ImageSize(3, 5)), 0, PaddingMode.CONSTANT),
          new RandomErasing(0.3, new Range(0.01, 0.3), new Range(0.5, 1.7)),
          new RandomHorizontalFlip(0.3),
          new RandomResizedCrop(new Range(0.2, 0.9), new Range(0.6, 1.5)));

  @Test
  void jsonKeepsEveryValueOfEveryAugmentation() {
    Recipe recipe = Recipe.DEFAULT.with(r -> r.augmentations(ALL));
    assertEquals(ALL, RecipeJson.read(RecipeJson.write(recipe), "test").augmentations());
    Set<Class<?>> covered = ALL.stream().map(Object::getClass).collect(Collectors.toSet());
    assertEquals(Set.copyOf(Arrays.asList(Augmentation.class.getPermittedSubclasses())), covered);
  }

  @Test
  void fieldsBearTheNamesOfTheRecordsComponents() {
    String json = JsonWriter.line(out -> AugmentationJson.write(out, ALL.get(6)));
    assertEquals(
        "{\"type\":\"RandomErasing\",\"p\":0.3,\"area\":[0.01,0.3],\"ratio\":[0.5,1.7]}", json);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"type\":\"RandomCorp\"} | did you mean 'RandomCrop'",
        "{\"type\":\"AlternatingFlip\",\"p\":1} | p: unknown AlternatingFlip field 'p'",
        "{\"type\":\"RandomCrop\",\"padding\":1,\"padding_mode\":\"reflekt\"} | 'reflect'",
        "{\"type\":\"RandomCrop\",\"height\":1,\"padding\":1,\"padding_mode\":\"reflect\"}"
            + " | width is missing",
        "{\"type\":\"RandomErasing\",\"p\":1,\"area\":[1],\"ratio\":[1,1]}"
            + " | area must be two numbers, but is [1.0]",
        "{\"type\":\"RandomErasing\",\"p\":1,\"area\":[1,0.5],\"ratio\":[1,1]} | 0 < min <= max",
        "{\"type\":\"Cutout\",\"size\":0} | at least 1 pixel"
      })
  void whatIsNoAugmentationIsRefused(String json, String complaint) {
    String message = assertThrows(IllegalArgumentException.class, () -> read(json)).getMessage();
    assertTrue(message.contains(complaint), message);
  }

  private static Augmentation read(String json) {
    return Json.object(json, "test", "an augmentation", AugmentationJson::read);
  }
}
