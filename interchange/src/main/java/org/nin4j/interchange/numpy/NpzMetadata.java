package org.nin4j.interchange.numpy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;
import org.nin4j.internal.json.Json;
import org.nin4j.internal.json.JsonWriter;

/**
 * The texts of a model in an archive of arrays: an array of one Unicode text, which is a JSON
 * object. In Python it is {@code json.loads(str(np.load("model.npz")["__metadata__"]))}.
 */
final class NpzMetadata {
  /** The array's name. */
  static final String NAME = "__metadata__";

  /** As many as JSON may have. */
  private static final int MOST_CHARACTERS = 4 << 20;

  private NpzMetadata() {}

  /**
   * @param in at the text
   */
  static Map<String, String> read(ArraySource source, NpyHeader header, InputStream in)
      throws IOException {
    if (header.type().dtype().isPresent() || header.elements() != 1) {
      throw source.invalid(
          "must be one text (dtype <U) of a JSON object, but is "
              + header.shown()
              + "; give the array another name");
    }
    int length = header.type().bytes();
    if (length > 4 * MOST_CHARACTERS) {
      throw source.invalid(
          "has " + length / 4 + " characters, and at most " + MOST_CHARACTERS + " are read");
    }
    ByteBuffer points = ByteBuffer.wrap(in.readNBytes(length)).order(header.type().order());
    StringBuilder text = new StringBuilder();
    while (points.hasRemaining()) {
      append(source, points.getInt(), text);
    }
    text.setLength(text.indexOf("\0") < 0 ? text.length() : text.indexOf("\0"));
    try {
      return Json.textMap(
          text.toString(), source.file() + ": array " + Quoted.text(NAME), "metadata");
    } catch (IllegalArgumentException e) {
      throw InvalidFileException.saying(source.file(), e.getMessage() + "; save it again", e);
    }
  }

  private static void append(ArraySource source, int point, StringBuilder text)
      throws InvalidFileException {
    if (!Character.isValidCodePoint(point) || Character.getType(point) == Character.SURROGATE) {
      throw source.invalid("is not Unicode text; it is damaged, copy the file again");
    }
    text.appendCodePoint(point);
  }

  /** The whole array. */
  static byte[] bytes(Map<String, String> metadata) {
    String json = JsonWriter.line(fields -> metadata.forEach(fields::text));
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(json)) {
      throw new IllegalArgumentException(
          "the metadata " + Quoted.text(json) + " are not Unicode text");
    }
    int[] points = json.codePoints().toArray();
    ByteBuffer elements = ByteBuffer.allocate(4 * points.length).order(ByteOrder.LITTLE_ENDIAN);
    elements.asIntBuffer().put(points);
    ByteArrayOutputStream array = new ByteArrayOutputStream();
    array.writeBytes(NpyHeaderText.bytes("<U" + points.length, List.of()));
    array.writeBytes(elements.array());
    return array.toByteArray();
  }
}
