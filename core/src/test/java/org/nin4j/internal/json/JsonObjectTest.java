package org.nin4j.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonObjectTest {
  private enum Animal {
    CAT,
    DOG;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static <T> T read(String json, Function<JsonObject, T> reader) {
    return Json.object(json.replace('\'', '"'), "zoo.json", "a zoo", reader);
  }

  private static void assertReads(Object expected, String json, Function<JsonObject, ?> reader) {
    assertEquals(expected, read(json, reader::apply));
  }

  private static String refusal(String json, Function<JsonObject, ?> reader) {
    String message = assertThrows(JsonException.class, () -> read(json, reader), json).getMessage();
    assertTrue(message.startsWith("zoo.json: "), message);
    assertFalse(message.contains("\n"), message);
    return message.substring("zoo.json: ".length());
  }

  @Test
  void everyTypeIsRead() {
    assertReads("a\nb", "{'x': 'a\\nb'}", in -> in.text("x"));
    assertReads(-7, "{'x': -7}", in -> in.intNumber("x"));
    assertReads(Long.MIN_VALUE, "{'x': " + Long.MIN_VALUE + "}", in -> in.longNumber("x"));
    assertReads(0.1, "{'x': 0.1}", in -> in.doubleNumber("x"));
    assertReads(3.0, "{'x': 3}", in -> in.doubleNumber("x"));
    assertReads(0.1f, "{'x': 1e-1}", in -> in.floatNumber("x"));
    assertReads(true, "{'x': true}", in -> in.flag("x"));
    assertReads(Animal.DOG, "{'x': 'dog'}", in -> in.choice("x", Animal.class));
    assertReads("deep", "{'x': {'y': 'deep'}}", in -> in.object("x", y -> y.text("y")));
    assertReads(true, "{'x': {}}", in -> in.isObject("x"));
    assertReads(false, "{'x': []}", in -> in.isObject("x"));
    assertReads(
        List.of(1, 2), "{'x': [{'y': 1}, {'y': 2}]}", in -> in.objects("x", y -> y.intNumber("y")));
    assertReads(List.of("a", "b"), "{'x': ['a', 'b']}", in -> in.texts("x"));
    assertReads(List.of(), "{'x': []}", in -> in.texts("x"));
    assertReads(List.of(1.5, 2.0), "{'x': [1.5, 2]}", in -> in.doubleNumbers("x"));
    assertReads(List.of(1.5f, 2f), "{'x': [1.5, 2]}", in -> in.floatNumbers("x"));
    assertReads(List.of(4, 5), "{'x': [4, 5]}", in -> in.intsAtLeast("x", 4));
    assertReads(
        "{\"y\":[1,null,-0.0,\"a\"]}",
        "{'x': {'y': [1, null, -0.0, 'a']}}",
        in -> in.objectText("x"));
  }

  @Test
  void anObjectMayHaveFreeNames() {
    assertEquals(
        "{threads=8, java=17}",
        read("{'x': {'threads': '8', 'java': '17'}}", in -> in.textMap("x")).toString());
    assertEquals(
        "x.java must be a text, but is 17",
        refusal("{'x': {'threads': '8', 'java': 17}}", in -> in.textMap("x")));
  }

  @Test
  void whatMayBeLeftOutHasADefault() {
    assertReads("d", "{}", in -> in.text("x", "d"));
    assertReads(4, "{}", in -> in.intNumber("x", 4));
    assertReads(
        Double.POSITIVE_INFINITY, "{}", in -> in.doubleNumber("x", Double.POSITIVE_INFINITY));
    assertReads(0.5f, "{}", in -> in.floatNumber("x", 0.5f));
    assertReads(true, "{}", in -> in.flag("x", true));
    assertReads(Optional.empty(), "{}", in -> in.optionalObject("x", y -> y.text("y")));
    assertReads(
        Optional.of("z"), "{'x': {'y': 'z'}}", in -> in.optionalObject("x", y -> y.text("y")));
    assertReads(false, "{}", in -> in.has("x"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{} | x is missing",
        "{'x': null} | x must be a whole number, but is null",
        "{'x': 1.0} | x must be a whole number, but is 1.0",
        "{'x': 1e0} | x must be a whole number, but is 1e0",
        "{'x': '1'} | x must be a whole number, but is \"1\"",
        "{'x': {}} | x must be a whole number, but is an object",
        "{'x': 2147483648} | x must be a whole number of at most 32 bits, but is 2147483648",
      })
  void whatIsNoWholeNumberIsRefused(String json, String complaint) {
    assertEquals(complaint, refusal(json, in -> in.intNumber("x")));
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    assertEquals(
        "x must be a whole number of at most 64 bits, but is 9223372036854775808",
        refusal("{'x': 9223372036854775808}", in -> in.longNumber("x")));
    assertEquals(
        "x must be a number within double precision, but is 1e309",
        refusal("{'x': 1e309}", in -> in.doubleNumber("x")));
    assertEquals(
        "x must be a number within single precision, but is -1e39",
        refusal("{'x': -1e39}", in -> in.floatNumber("x")));
    assertEquals(
        "x must be at least 3, but is 2", refusal("{'x': 2}", in -> in.intAtLeast("x", 3)));
    assertTrue(
        refusal("{'x': NaN}", in -> in.doubleNumber("x"))
            .startsWith("not valid JSON at line 1, column"));
  }

  @Test
  void everyComplaintHasItsPath() {
    Function<JsonObject, ?> reader =
        in -> in.object("a", a -> a.objects("b", b -> b.choice("c", Animal.class)));
    assertEquals(
        "a.b[1].c: unknown c 'dig'; did you mean 'dog'? (one of: cat, dog)",
        refusal("{'a': {'b': [{'c': 'cat'}, {'c': 'dig'}]}}", reader));
    assertEquals("a.b[0] must be an object, but is 3", refusal("{'a': {'b': [3]}}", reader));
    assertEquals(
        "a.b must be a list of objects, but is an object", refusal("{'a': {'b': {}}}", reader));
    assertEquals("a.b[0].c is missing", refusal("{'a': {'b': [{}]}}", reader));
    assertEquals(
        "x[1] must be a text, but is true", refusal("{'x': ['', true]}", in -> in.texts("x")));
  }

  @Test
  void fieldsThatNobodyAskedForAreRefused() {
    assertEquals(
        "a.lenght: unknown field 'lenght'; did you mean 'length'? (one of: width, length)",
        refusal(
            "{'a': {'width': 1, 'lenght': 2}}",
            in -> in.object("a", a -> a.intNumber("width") + a.intNumber("length", 3))));
    assertEquals(
        "b is unknown; no fields are allowed here", refusal("{'b': 1}", in -> "nothing read"));
    assertEquals(
        "lenght: unknown box field 'lenght'; did you mean 'length'? (one of: width, length)",
        refusal(
            "{'lenght': 2}",
            in -> {
              in.allowOnly("box", List.of("width", "length"));
              return in.intNumber("width");
            }));
  }

  @Test
  void aConstructorsComplaintGetsThePath() {
    Function<JsonObject, Object> reader =
        in -> {
          in.intNumber("x");
          throw new IllegalArgumentException("x must be even");
        };
    assertEquals("x must be even", refusal("{'x': 1}", reader));
    assertEquals(
        "a[0] cannot be built: x must be even",
        refusal("{'a': [{'x': 1}]}", in -> in.objects("a", reader)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`` | it is empty, not a zoo in JSON",
        "[1] | a zoo must be a JSON object, but is [1]",
        "{'x': 1} 2 | not valid JSON at line 1, column 10: something follows the end of the JSON",
        "`{'x':\n [1, 2}` | not valid JSON at line 2, column 7 (x[1]): Unexpected close marker '}': expected ']'",
        "{'x': 1, 'x': 2} | not valid JSON at line 1, column 13 (x): Duplicate field 'x'",
        "{'x': 01} | not valid JSON at line 1, column",
      })
  void whatIsNotJsonIsRefusedWithItsPlace(String json, String complaint) {
    String message = refusal(json, in -> in.text("x"));
    assertTrue(message.startsWith(complaint), message);
    assertFalse(message.contains("Source"), message);
  }

  @Test
  void absurdTextsAreRefused() {
    assertTrue(refusal("[".repeat(100_000), in -> 0).contains("nested too deeply"));
    assertTrue(refusal(" ".repeat((4 << 20) + 1), in -> 0).contains("longer than"));
    assertTrue(refusal("{'x': " + "1".repeat(2_000) + "}", in -> 0).contains("too long"));
  }

  @Test
  void hostileTextIsMadeHarmlessInMessages() {
    String message = refusal("{'\\u001b[31m\\u202e" + "y".repeat(99) + "': 1}", in -> in.has("x"));
    assertTrue(message.startsWith("\\u001b[31m\\u202eyyy"), message);
    assertFalse(message.contains("y".repeat(41)), message);
    String token = refusal("{'x': y\u0000\u001b[31m}", in -> 0);
    assertFalse(token.chars().anyMatch(Character::isISOControl), token);
  }

  @Test
  void aListOfTextsCanBeTheWholeDocument() {
    assertEquals(List.of("a", "ü"), Json.texts("[\"a\", \"ü\"]", "c.json", "classes"));
    assertEquals(
        "c.json: classes must be a list of texts, but is 3",
        assertThrows(JsonException.class, () -> Json.texts("3", "c.json", "classes")).getMessage());
  }

  @Test
  void everyNumberSurvivesWritingAndReading() {
    Random random = new Random(3);
    for (int round = 0; round < 20_000; round++) {
      double number = round == 0 ? -0.0 : Double.longBitsToDouble(random.nextLong());
      float single = round == 0 ? -0.0f : Float.intBitsToFloat(random.nextInt());
      long whole = random.nextLong();
      if (Double.isFinite(number) && Float.isFinite(single)) {
        String json =
            JsonWriter.line(
                out -> {
                  out.number("double", number);
                  out.number("float", single);
                  out.number("long", whole);
                  out.numbers("doubles", List.of(number));
                  out.numbers("floats", List.of(single));
                });
        List<Object> read =
            read(
                json,
                in ->
                    List.of(
                        in.doubleNumber("double"),
                        in.floatNumber("float"),
                        in.longNumber("long"),
                        in.doubleNumbers("doubles").get(0),
                        in.floatNumbers("floats").get(0)));
        assertEquals(List.of(number, single, whole, number, single), read, json);
      }
    }
  }
}
