package org.nin4j.io;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import org.nin4j.data.SubtractMean;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;

/** The JSON fields of a mean image: its size, and its values as text in base64. */
final class MeanJson {
  private static final String VALUES = "float32_base64";

  private MeanJson() {}

  static void write(JsonWriter json, SubtractMean mean) {
    json.number("channels", mean.channels());
    json.number("height", mean.height());
    json.number("width", mean.width());
    float[] means = mean.means();
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * means.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(means);
    json.text(VALUES, Base64.getEncoder().encodeToString(bytes.array()));
  }

  static SubtractMean read(JsonObject json) {
    return new SubtractMean(
        json.intNumber("channels"),
        json.intNumber("height"),
        json.intNumber("width"),
        values(json));
  }

  private static float[] values(JsonObject json) {
    String text = json.text(VALUES);
    byte[] bytes;
    try {
      bytes = Base64.getDecoder().decode(text);
    } catch (IllegalArgumentException e) {
      throw json.wrong(VALUES, "base64");
    }
    if (bytes.length % Float.BYTES != 0) {
      throw json.defect(
          VALUES, " has " + bytes.length + " bytes, which is not a number of 32-bit floats");
    }
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
