package org.nin4j.interchange.numpy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.nin4j.internal.Quoted;

/**
 * Parses the text of a header: a Python dict of the keys descr, fortran_order and shape, in any
 * order. Nothing of Python is understood but what NumPy writes there: texts without escapes, True
 * and False, and one tuple of numbers. Nothing nests, so nothing can nest deeply.
 */
final class NpyHeaderParser {
  private static final char END = '\0';

  private final ArraySource source;
  private final String text;
  private final int start;
  private int at;
  private NpyType type;
  private boolean fortranOrder;
  private List<Long> dims;

  /**
   * @param text a character for each byte
   * @param start the offset of the text in the array
   */
  private NpyHeaderParser(ArraySource source, String text, int start) {
    this.source = source;
    this.text = text;
    this.start = start;
  }

  static NpyHeader parse(ArraySource source, String text, int start) throws IOException {
    return new NpyHeaderParser(source, text, start).header();
  }

  private NpyHeader header() throws IOException {
    expect('{');
    Set<String> keys = new HashSet<>();
    for (boolean more = true; more && peek() != '}'; more = takes(',')) {
      int offset = start + at;
      String key = text("a key in quotes");
      if (!keys.add(key)) {
        throw source.invalid(
            offset, "has the key " + Quoted.text(key) + " twice in its header; save it again");
      }
      expect(':');
      value(key, offset);
    }
    expect('}');
    if (peek() != END || at < text.length()) {
      throw expected("the end of the header");
    }
    for (String key : List.of("descr", "fortran_order", "shape")) {
      if (!keys.contains(key)) {
        throw source.invalid(start, "has no key '" + key + "' in its header; save it with np.save");
      }
    }
    return new NpyHeader(type, fortranOrder, dims, start + text.length());
  }

  private void value(String key, int offset) throws IOException {
    switch (key) {
      case "descr" -> type = type();
      case "fortran_order" -> fortranOrder = flag();
      case "shape" -> dims = dims();
      default ->
          throw source.invalid(
              offset,
              "has a key "
                  + Quoted.text(key)
                  + " in its header, but only descr, fortran_order and shape belong there; save it"
                  + " with np.save");
    }
  }

  private NpyType type() throws IOException {
    int offset = start + at;
    if (peek() == '[' || peek() == '(') {
      throw source.invalid(
          offset,
          "holds records (a structured dtype); save each of their fields as an array of its own");
    }
    try {
      return NpyType.of(text("a dtype in quotes"));
    } catch (IllegalArgumentException e) {
      throw source.invalid(offset, e.getMessage());
    }
  }

  private boolean flag() throws IOException {
    peek();
    for (boolean value : new boolean[] {true, false}) {
      String word = value ? "True" : "False";
      if (text.startsWith(word, at)) {
        at += word.length();
        return value;
      }
    }
    throw expected("True or False");
  }

  /** A tuple of numbers; that of one number needs its comma. */
  private List<Long> dims() throws IOException {
    expect('(');
    List<Long> extents = new ArrayList<>();
    boolean comma = true;
    while (comma && peek() != ')') {
      extents.add(extent());
      comma = takes(',');
      if (extents.size() > NpyHeader.MOST_DIMS) {
        throw expected("at most " + NpyHeader.MOST_DIMS + " extents");
      }
    }
    if (extents.size() == 1 && !comma && peek() == ')') {
      throw expected("the comma of a tuple, as in (3,)");
    }
    expect(')');
    return extents;
  }

  private long extent() throws IOException {
    if (peek() == '-') {
      throw source.invalid(
          start + at, "has a negative extent at byte " + (start + at) + "; save it with np.save");
    }
    int from = at;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    String digits = text.substring(from, at);
    if (digits.isEmpty() || (digits.startsWith("0") && digits.length() > 1)) {
      at = from;
      throw expected("a whole number");
    }
    if (at < text.length() && text.charAt(at) == 'L') {
      at++; // Python 2 wrote it behind a long
    }
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException e) {
      throw source.invalid(
          start + from,
          "has an extent of "
              + Quoted.text(digits)
              + ", more than any file can hold; it is damaged, save it again");
    }
  }

  private String text(String what) throws IOException {
    char quote = peek();
    int end = quote == '\'' || quote == '"' ? text.indexOf(quote, at + 1) : -1;
    if (end < 0) {
      throw expected(what);
    }
    String value = text.substring(at + 1, end);
    if (value.contains("\\") || value.contains("\n")) {
      throw expected(what + " and without escapes");
    }
    at = end + 1;
    return value;
  }

  private void expect(char wanted) throws IOException {
    if (!takes(wanted)) {
      throw expected("'" + wanted + "'");
    }
  }

  private boolean takes(char wanted) {
    boolean found = peek() == wanted;
    at += found ? 1 : 0;
    return found;
  }

  /** The next character that is not a space. */
  private char peek() {
    while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
      at++;
    }
    return at < text.length() ? text.charAt(at) : END;
  }

  private IOException expected(String what) {
    String found =
        at < text.length()
            ? Quoted.text(text.substring(at, Math.min(at + 12, text.length())))
            : "the end";
    return source.invalid(
        start + at,
        "has a header that NumPy does not write: expected "
            + what
            + " at byte "
            + (start + at)
            + ", but found "
            + found
            + "; it is damaged, or was not saved by np.save");
  }
}
