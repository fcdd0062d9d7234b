package org.nin4j.internal.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads a list of numbers, nested or not, straight into an array of floats. */
final class TensorParser {
  private static final int MOST_DIMS = 8;
  private static final int NOT_KNOWN = -1;

  private final JsonParser parser;

  /** For each level the length of its lists, and how much of the current one has been read. */
  private final int[] lengths = new int[MOST_DIMS];

  private final int[] read = new int[MOST_DIMS];

  /** The level of the numbers, from 1; 0 until the first has come. */
  private int innermost;

  private float[] values = new float[256];
  private int count;
  private int firstFraction = NOT_KNOWN;

  TensorParser(JsonParser parser) {
    this.parser = parser;
    Arrays.fill(lengths, NOT_KNOWN);
  }

  /**
   * Reads from the current token, which begins a list, to its end.
   *
   * @throws JsonDefect when something is no number, or the lists do not have the same lengths
   */
  JsonTensor read() throws IOException, JsonDefect {
    int level = 1;
    while (level > 0) {
      JsonToken token = parser.nextToken();
      if (token == JsonToken.START_ARRAY) {
        count(level, false);
        level++;
        if (level > MOST_DIMS) {
          throw new JsonDefect(" must not be nested more than " + MOST_DIMS + " lists deep");
        }
        read[level - 1] = 0;
      } else if (token == JsonToken.END_ARRAY) {
        end(level);
        level--;
      } else {
        count(level, true);
        add(token);
      }
    }
    List<Integer> dims = new ArrayList<>();
    for (int i = 0; i < MOST_DIMS && lengths[i] != NOT_KNOWN; i++) {
      dims.add(lengths[i]);
    }
    return new JsonTensor(values, count, dims, firstFraction == NOT_KNOWN ? count : firstFraction);
  }

  private void count(int level, boolean number) throws JsonDefect {
    if (number && innermost == 0) {
      innermost = level;
    }
    if (innermost != 0 && (number ? level != innermost : level >= innermost)) {
      throw new JsonDefect(
          number ? " must be a list, as those before it" : " must be a number, but is a list");
    }
    read[level - 1]++;
  }

  private void end(int level) throws JsonDefect {
    int length = lengths[level - 1];
    if (length == NOT_KNOWN) {
      lengths[level - 1] = read[level - 1];
    } else if (length != read[level - 1]) {
      throw new JsonDefect(
          " is a list of " + read[level - 1] + ", but those before it have " + length);
    }
  }

  private void add(JsonToken token) throws IOException, JsonDefect {
    if (!token.isNumeric()) {
      String found =
          switch (token) {
            case START_OBJECT -> "an object";
            case VALUE_STRING -> JsonValue.quote(parser.getText());
            default -> parser.getText();
          };
      throw new JsonDefect(" must be a number, but is " + found);
    }
    if (count == values.length) {
      values = Arrays.copyOf(values, Math.multiplyExact(2, count));
    }
    float value = parser.getFloatValue();
    if (Float.isInfinite(value)) {
      throw new JsonDefect(
          " must be a number within single precision, but is " + JsonValue.quote(digits()));
    }
    if (token == JsonToken.VALUE_NUMBER_FLOAT) {
      firstFraction = firstFraction == NOT_KNOWN ? count : firstFraction;
    } else if (value == 0 && parser.getTextLength() > 1) {
      value = -0f; // an int has no minus zero
    }
    values[count] = value;
    count++;
  }

  private JsonNumber digits() throws IOException {
    return new JsonNumber(parser.getText(), false);
  }
}
