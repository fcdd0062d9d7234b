package org.nin4j.cli;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import java.util.regex.Pattern;
import org.nin4j.internal.json.JsonWriter;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** A scalar of YAML's core schema in JSON. A number that JSON can write keeps its digits. */
final class YamlScalar {
  private static final ScalarResolver CORE = new CoreSchema().getScalarResolver();
  private static final Pattern JSON_NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][-+]?[0-9]+)?");
  private static final int LONGEST_NUMBER = 100;

  private YamlScalar() {}

  /** Returns whether the scalar is a text: in quotes, or nothing else in the core schema. */
  static boolean isText(ScalarEvent scalar) {
    Tag tag = tag(scalar);
    return !(tag.equals(Tag.NULL)
        || tag.equals(Tag.BOOL)
        || tag.equals(Tag.INT)
        || tag.equals(Tag.FLOAT));
  }

  /**
   * Returns the scalar in JSON.
   *
   * @throws YamlDefect if it is a number that JSON does not have
   */
  static String toJson(ScalarEvent scalar) throws YamlDefect {
    String text = scalar.getValue();
    Tag tag = tag(scalar);
    if (tag.equals(Tag.NULL)) {
      return "null";
    }
    if (tag.equals(Tag.BOOL)) {
      return text.toLowerCase(Locale.ROOT);
    }
    return isText(scalar) ? JsonWriter.quoted(text) : number(scalar, text, tag.equals(Tag.INT));
  }

  private static Tag tag(ScalarEvent scalar) {
    return scalar.isPlain() ? CORE.resolve(scalar.getValue(), true) : Tag.STR;
  }

  private static String number(ScalarEvent scalar, String text, boolean whole) throws YamlDefect {
    if (text.length() > LONGEST_NUMBER) {
      throw new YamlDefect(scalar, "a number may have at most " + LONGEST_NUMBER + " characters");
    }
    if (JSON_NUMBER.matcher(text).matches()) {
      return text;
    }
    try {
      return whole ? wholeNumber(text).toString() : new BigDecimal(text).toString();
    } catch (NumberFormatException e) {
      throw new YamlDefect(scalar, "a number must be finite, but is " + text);
    }
  }

  /** A sign, leading zeros, octal and hexadecimal digits, none of which JSON allows. */
  private static BigInteger wholeNumber(String text) {
    if (text.startsWith("0x")) {
      return new BigInteger(text.substring(2), 16);
    }
    return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
  }
}
