package org.nin4j.internal.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonTensorTest {
  private static JsonTensor read(String data) {
    byte[] bytes = ("{\"data\": " + data + "}" + "behind").getBytes(StandardCharsets.UTF_8);
    return Json.request(
        bytes, bytes.length - 6, "data", "it", "an object", json -> json.tensor("data"));
  }

  private static float[] values(String data) {
    JsonTensor tensor = read(data);
    return Arrays.copyOf(tensor.values(), tensor.count());
  }

  /** The same bits as {@link Float#parseFloat}, with which the library reads floats elsewhere. */
  @Test
  void everyNumberIsRoundedOnce() {
    Random random = new Random(1);
    float[] expected = new float[20_000];
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < expected.length; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      String digits =
          switch (i % 4) {
            case 0 -> Float.toString(Float.isFinite(value) ? value : 1);
            case 1 -> Double.toString(random.nextGaussian());
            case 2 -> Long.toString(random.nextLong());
            default -> random.nextInt(100) + ".5" + random.nextInt(1_000_000_000) + "e-" + i % 60;
          };
      expected[i] = Float.parseFloat(digits);
      text.append(i == 0 ? "" : ",").append(digits);
    }
    assertArrayEquals(expected, values(text.append("]").toString()), 0);
    // halfway between two floats, decided by the last digit
    assertArrayEquals(
        new float[] {16777216f, 16777218f, -0f, 0f, -0f, 1e20f, Float.MIN_VALUE, 0f},
        values(
            "[16777217, 16777217.0000000000000000000000001, -0, 0, -0.0, 100000000000000000000,"
                + " 1.4e-45, 1e-400]"),
        0);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[]|[0]",
        "[1, 2]|[2]",
        "[[1, 2, 3], [4, 5, 6]]|[2, 3]",
        "[[[1]], [[2]]]|[2, 1, 1]",
        "[[], []]|[2, 0]",
        "[[[[[[[[1]]]]]]]]|[1, 1, 1, 1, 1, 1, 1, 1]"
      })
  void dimsAreTheLengthsOfTheLists(String data, String dims) {
    assertEquals(dims, read(data).dims().toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1, [2]]|data[1] must be a number, but is a list",
        "[[1], 2]|data[1] must be a list, as those before it",
        "[[1], []]|data[1] is a list of 0, but those before it have 1",
        "[[], [1]]|data[1] is a list of 1, but those before it have 0",
        "[[[1]], [[2, 3]]]|data[1][0] is a list of 2, but those before it have 1",
        "[true]|data[0] must be a number, but is true",
        "[1e39]|data[0] must be a number within single precision, but is 1e39",
        "[-1e39]|data[0] must be a number within single precision, but is -1e39",
        "3|data must be a list of numbers, but is 3",
        "{}|data must be a list of numbers, but is an object"
      })
  void whatIsNoTensorIsRefused(String data, String complaint) {
    assertEquals(
        "it: " + complaint, assertThrows(JsonException.class, () -> read(data)).getMessage());
  }

  @Test
  void wholeNumbersFrom0To255AreBytes() {
    assertArrayEquals(new byte[] {0, -1, 7}, read("[0, 255, 7]").bytes());
    for (String none : List.of("[1, 256]", "[1, -1]", "[1, 1.0]", "[1, 1e1]")) {
      assertNull(read(none).bytes(), none);
      assertEquals(1, read(none).firstNoByte(), none);
    }
  }

  @Test
  void fieldsThatNobodyAsksForMayBeIgnored() {
    byte[] bytes = "{\"a\": 1, \"b\": {\"c\": 2}}".getBytes(StandardCharsets.UTF_8);
    assertEquals(
        1,
        Json.<Integer>request(
            bytes,
            bytes.length,
            "data",
            "it",
            "an object",
            json -> {
              json.ignoreOthers();
              return json.intNumber("a");
            }));
  }

  @Test
  void floatsAreWrittenSoThatTheSameBitsAreRead() {
    float[] values = {0.1f, -0f, Float.MIN_VALUE, Float.MAX_VALUE, 1f / 3, 7};
    String text = JsonWriter.line(json -> json.floats("data", values, 5));
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    assertArrayEquals(
        Arrays.copyOf(values, 5),
        Arrays.copyOf(
            Json.request(bytes, bytes.length, "data", "it", "it", json -> json.tensor("data"))
                .values(),
            5),
        0);
    assertThrows(
        IllegalArgumentException.class,
        () -> JsonWriter.line(json -> json.floats("a", new float[] {Float.NaN}, 1)));
  }
}
