package org.nin4j.server.protocol;

import java.util.Arrays;
import java.util.OptionalInt;
import org.nin4j.Classifier;

/**
 * Images as pixels, which the classifier preprocesses.
 *
 * @param count N
 * @param channels C: 1 (grey) or 3 (red, green, blue)
 * @param height H, in pixels
 * @param width W, in pixels
 * @param bytes (N, C, H, W), from the offset
 * @param offset where in the array they begin
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record PixelInput(int count, int channels, int height, int width, byte[] bytes, int offset)
    implements InferenceInput {
  @Override
  public void logits(Classifier classifier, int image, float[] logits) {
    int perImage = channels * height * width;
    int from = offset + image * perImage;
    byte[] pixels = from == 0 ? bytes : Arrays.copyOfRange(bytes, from, from + perImage);
    int classes = logits.length / count;
    float[] row = count == 1 ? logits : new float[classes];
    classifier.logits(pixels, channels, height, width, row);
    System.arraycopy(row, 0, logits, image * classes, classes);
  }

  @Override
  public OptionalInt firstNotFinite() {
    return OptionalInt.empty();
  }
}
