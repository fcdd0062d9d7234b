package org.nin4j.internal.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.fuzz.Untrusted;

/** JSON of any content, read as its fields, and as a list of class names. */
class JsonFuzzTest {
  static Stream<byte[]> seeds() {
    return Stream.of(
            """
            {"a": [1, -2.5e3, true, null, "\\u00e4\\n"], "b": {"c": [{"d": []}, {}]}}""",
            """
            ["cat", "dog"]""")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("seeds")
  @FuzzTest(maxDuration = "10m")
  void read(byte[] bytes) {
    Untrusted.text(bytes, JsonFields::of);
    Untrusted.text(bytes, (text, source) -> Json.texts(text, source, "classes"))
        .ifPresent(
            texts -> assertEquals(texts, Json.texts(JsonWriter.line(texts), "it", "classes")));
    Untrusted.text(bytes, JsonFuzzTest::rewritten)
        .ifPresent(text -> assertEquals(text, rewritten(text, "it")));
  }

  private static String rewritten(String text, String source) {
    return JsonWriter.textOf(JsonText.parse(text, source, "a value"));
  }
}
