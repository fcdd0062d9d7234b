package org.nin4j.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  @Test
  void fieldsStandInTheOrderOfTheCalls() {
    assertEquals(
        "{\"z\":\"a\\\"b\\n\",\"a\":3,\"f\":0.1,\"ok\":true,\"no\":null,\"o\":{\"n\":[1,2]},"
            + "\"l\":[{\"v\":\"p\"},{\"v\":\"q\"}],\"t\":[\"x\"],\"r\":{\"k\": 1}}",
        JsonWriter.line(
            json -> {
              json.text("z", "a\"b\n");
              json.number("a", 3);
              json.number("f", 0.1f);
              json.flag("ok", true);
              json.none("no");
              json.object("o", o -> o.numbers("n", List.of(1, 2)));
              json.objects("l", List.of("p", "q"), (each, value) -> each.text("v", value));
              json.texts("t", List.of("x"));
              json.raw("r", "{\"k\": 1}");
            }));
    assertEquals("[\"a\",\"\\\\\"]", JsonWriter.line(List.of("a", "\\")));
  }

  @Test
  void peopleGetALineForEachField() {
    assertEquals(
        List.of("{", "  \"a\" : 1,", "  \"b\" : [ 1, 2 ]", "}"),
        JsonWriter.indented(
                json -> {
                  json.number("a", 1);
                  json.numbers("b", List.of(1, 2));
                })
            .lines()
            .toList());
  }

  @Test
  void whatJsonHasNoWordsForIsRefused() {
    assertThrows(
        IllegalArgumentException.class,
        () -> JsonWriter.line(json -> json.number("a", Double.NaN)));
    assertThrows(
        IllegalArgumentException.class,
        () -> JsonWriter.line(json -> json.number("a", Float.POSITIVE_INFINITY)));
    IllegalArgumentException refused =
        assertThrows(
            IllegalArgumentException.class,
            () -> JsonWriter.line(json -> json.numbers("a", List.of(1f, Float.NaN))));
    assertEquals("'a' must be finite, but is NaN", refused.getMessage());
  }
}
