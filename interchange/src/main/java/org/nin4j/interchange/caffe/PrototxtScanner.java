package org.nin4j.interchange.caffe;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Goes through a text of protobuf's text format before it is parsed, without recursion: bounds its
 * nesting and its number of messages, finds braces that do not match, and blanks all fields that a
 * descriptor does not have. What is left has the same lines and columns.
 */
final class PrototxtScanner {
  private static final int DEEPEST = 50;
  private static final int MOST_MESSAGES = 50_000;

  /** Protobuf's parser matches texts by a recursive regular expression. */
  private static final int LONGEST_TEXT = 1000;

  /**
   * A message whose end has not come yet.
   *
   * @param type null for one whose fields do not matter
   * @param open index of its brace
   * @param close what ends it
   * @param blankFrom where the text that is blanked with it begins; -1 for none
   */
  private record Frame(Descriptor type, int open, char close, int blankFrom) {}

  private final StringBuilder text;
  private final Deque<Frame> frames = new ArrayDeque<>();
  private int messages;
  private int at;

  private PrototxtScanner(String text) {
    this.text = new StringBuilder(text);
  }

  /**
   * Returns the text without unknown fields.
   *
   * @param root the message that the text is of
   * @throws PrototxtException when it cannot be parsed
   */
  static String known(String text, Descriptor root) throws PrototxtException {
    PrototxtScanner scanner = new PrototxtScanner(text);
    scanner.scan(root);
    return scanner.text.toString();
  }

  private void scan(Descriptor root) throws PrototxtException {
    frames.push(new Frame(root, 0, '\0', -1));
    for (skipSpace(); at < text.length(); skipSpace()) {
      char c = text.charAt(at);
      if (c == '}' || c == '>') {
        close(c);
      } else if (c == ',' || c == ';') {
        at++;
      } else {
        field();
      }
    }
    if (frames.size() > 1) {
      throw defect(frames.peek().open(), "this brace is never closed; the file may be cut off");
    }
  }

  private void close(char c) throws PrototxtException {
    if (frames.size() == 1) {
      throw defect(at, "'" + c + "' closes nothing");
    }
    if (frames.peek().close() != c) {
      throw defect(at, "'" + c + "' does not close the brace before it");
    }
    at++;
    Frame frame = frames.pop();
    blank(frame.blankFrom());
  }

  private void field() throws PrototxtException {
    int start = at;
    FieldDescriptor field = null;
    Descriptor type = frames.peek().type();
    if (text.charAt(at) == '[') {
      skipPast(']');
    } else {
      String name = word();
      field = type == null ? null : type.findFieldByName(name);
    }
    // Within a message that is blanked as a whole nothing has to be blanked.
    int blankFrom = field == null && type != null ? start : -1;
    skipSpace();
    if (at < text.length() && text.charAt(at) == ':') {
      at++;
      skipSpace();
    }
    if (at >= text.length()) {
      throw defect(start, "the value of this field is missing; the file may be cut off");
    }
    char c = text.charAt(at);
    if (c == '{' || c == '<') {
      boolean message = field != null && field.getJavaType() == JavaType.MESSAGE;
      open(new Frame(message ? field.getMessageType() : null, at, c == '{' ? '}' : '>', blankFrom));
      return;
    }
    value(c);
    blank(blankFrom);
  }

  private void open(Frame frame) throws PrototxtException {
    frames.push(frame);
    if (frames.size() - 1 > DEEPEST) {
      throw defect(at, "messages are nested more than " + DEEPEST + " deep");
    }
    if (++messages > MOST_MESSAGES) {
      throw defect(at, "there are more than " + MOST_MESSAGES + " messages");
    }
    at++;
  }

  private void value(char first) throws PrototxtException {
    if (first == '[') {
      skipPast(']');
    } else if (first == '"' || first == '\'') {
      while (at < text.length() && (text.charAt(at) == '"' || text.charAt(at) == '\'')) {
        quoted();
        skipSpace(); // texts that follow each other are one
      }
    } else {
      if (first == '-') {
        at++;
        skipSpace();
      }
      word();
    }
  }

  /** A name or a number: whatever is neither space nor has a meaning of its own. */
  private String word() throws PrototxtException {
    int start = at;
    while (at < text.length() && isPlain(text.charAt(at))) {
      at++;
    }
    if (at == start) {
      throw defect(
          start, at < text.length() ? "a name or a value is missing here" : "the file is cut off");
    }
    return text.substring(start, at);
  }

  private static boolean isPlain(char c) {
    return !Character.isWhitespace(c) && "{}<>[]:,;#\"'".indexOf(c) < 0;
  }

  private void quoted() throws PrototxtException {
    int start = at;
    char quote = text.charAt(at++);
    while (at < text.length() && text.charAt(at) != quote) {
      char c = text.charAt(at);
      if (c == '\n') {
        break;
      }
      at += c == '\\' ? 2 : 1;
    }
    if (at >= text.length() || text.charAt(at) != quote) {
      throw defect(start, "this quote is never closed");
    }
    at++;
    if (at - start > LONGEST_TEXT) {
      throw defect(start, "this text is longer than " + LONGEST_TEXT + " characters");
    }
  }

  /** Skips a list of values, or the name of an extension. */
  private void skipPast(char end) throws PrototxtException {
    int start = at++;
    for (skipSpace(); at < text.length() && text.charAt(at) != end; skipSpace()) {
      char c = text.charAt(at);
      if (c == '{' || c == '<' || c == '[') {
        throw defect(at, "lists of messages are not supported; repeat the field instead");
      }
      if (c == '"' || c == '\'') {
        quoted();
      } else {
        at++;
      }
    }
    if (at >= text.length()) {
      throw defect(start, "this bracket is never closed; the file may be cut off");
    }
    at++;
  }

  private void skipSpace() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '#') {
        while (at < text.length() && text.charAt(at) != '\n') {
          at++;
        }
      } else if (Character.isWhitespace(c)) {
        at++;
      } else {
        return;
      }
    }
  }

  private void blank(int from) {
    for (int i = from; from >= 0 && i < at; i++) {
      if (text.charAt(i) != '\n') {
        text.setCharAt(i, ' ');
      }
    }
  }

  private PrototxtException defect(int index, String complaint) {
    int line = 1;
    int lineStart = 0;
    for (int i = 0; i < index; i++) {
      if (text.charAt(i) == '\n') {
        line++;
        lineStart = i + 1;
      }
    }
    return new PrototxtException(line, index - lineStart + 1, complaint);
  }
}
