package org.nin4j.spark;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.evaluate.ImageResult;

/** Results of images as bytes, to be sent. */
final class ImageResultBytes {
  private static final int LENGTH = 3 * Integer.BYTES + 3 * Double.BYTES;

  private ImageResultBytes() {}

  static byte[] of(List<ImageResult> results) {
    ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(LENGTH, results.size()));
    for (ImageResult result : results) {
      bytes
          .putInt(result.label())
          .putInt(result.predicted())
          .putInt(result.rank())
          .putDouble(result.probability())
          .putDouble(result.labelProbability())
          .putDouble(result.loss());
    }
    return bytes.array();
  }

  static List<ImageResult> read(byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<ImageResult> results = new ArrayList<>(bytes.length / LENGTH);
    while (buffer.hasRemaining()) {
      results.add(
          new ImageResult(
              buffer.getInt(),
              buffer.getInt(),
              buffer.getInt(),
              buffer.getDouble(),
              buffer.getDouble(),
              buffer.getDouble()));
    }
    return results;
  }
}
