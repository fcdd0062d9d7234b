package org.nin4j.server.protocol;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.OptionalInt;
import org.nin4j.Classifier;

/**
 * Images that are preprocessed already, as the bytes of 32-bit floats. They become floats on the
 * thread that computes, one image at a time.
 *
 * @param count N
 * @param perImage C x H x W
 * @param body the bytes; little-endian, as the protocol says
 * @param offset where in the body they begin
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record BinaryInput(int count, int perImage, byte[] body, int offset) implements InferenceInput {
  @Override
  public void logits(Classifier classifier, int image, float[] logits) {
    float[] values = new float[perImage];
    floats().get(image * perImage, values);
    int classes = logits.length / count;
    classifier.logits(values, 0, logits, image * classes);
  }

  /** Searched only when logits are not finite: a NaN or an infinity in an image leads to such. */
  @Override
  public OptionalInt firstNotFinite() {
    FloatBuffer floats = floats();
    for (int i = 0; i < count * perImage; i++) {
      if (!Float.isFinite(floats.get(i))) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  private FloatBuffer floats() {
    return ByteBuffer.wrap(body)
        .position(offset)
        .slice()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer();
  }
}
