package org.nin4j.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.FlatMapFunction;

/**
 * What the driver learns of a prepared row.
 *
 * @param part the part of the data, or what the row is instead of an image
 * @param label index of the image's class
 * @param channels number of channels of the image
 * @param height number of rows of pixels
 * @param width number of columns of pixels
 * @param bytes how many bytes are kept of the image
 * @param digest the beginning of the SHA-256 of these bytes
 * @param sentence what is wrong with the row; empty for an image
 */
record RowFacts(
    int part,
    int label,
    int channels,
    int height,
    int width,
    int bytes,
    long digest,
    String sentence) {
  /** Bytes of a row without its sentence. */
  private static final int LENGTH = 6 * Integer.BYTES + Long.BYTES + Short.BYTES;

  /** Longer sentences are cut off. */
  private static final int LONGEST = 1000;

  /** Writes the facts of a partition. */
  record Task() implements FlatMapFunction<Iterator<byte[]>, byte[]> {
    @Override
    public Iterator<byte[]> call(Iterator<byte[]> rows) {
      MessageDigest sha256 = sha256();
      List<RowFacts> all = new ArrayList<>();
      rows.forEachRemaining(row -> all.add(of(row, sha256)));
      return Collections.singleton(write(all)).iterator();
    }
  }

  private static RowFacts of(byte[] packed, MessageDigest sha256) {
    int part = PackedImage.part(packed);
    if (part < 0) {
      return new RowFacts(part, 0, 0, 0, 0, 0, 0, PackedImage.sentence(packed));
    }
    return new RowFacts(
        part,
        PackedImage.label(packed),
        PackedImage.channels(packed),
        PackedImage.size(packed).height(),
        PackedImage.size(packed).width(),
        packed.length,
        ByteBuffer.wrap(sha256.digest(packed)).getLong(),
        "");
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static byte[] write(List<RowFacts> rows) {
    List<byte[]> sentences = new ArrayList<>();
    int length = 0;
    for (RowFacts row : rows) {
      String sentence = row.sentence.substring(0, Math.min(LONGEST, row.sentence.length()));
      sentences.add(sentence.getBytes(StandardCharsets.UTF_8));
      length += LENGTH + sentences.get(sentences.size() - 1).length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(length);
    for (int i = 0; i < rows.size(); i++) {
      RowFacts row = rows.get(i);
      bytes
          .putInt(row.part)
          .putInt(row.label)
          .putInt(row.channels)
          .putInt(row.height)
          .putInt(row.width)
          .putInt(row.bytes)
          .putLong(row.digest)
          .putShort((short) sentences.get(i).length)
          .put(sentences.get(i));
    }
    return bytes.array();
  }

  /** Reads what a task has written. */
  static List<RowFacts> read(byte[] written) {
    List<RowFacts> rows = new ArrayList<>();
    ByteBuffer bytes = ByteBuffer.wrap(written);
    while (bytes.hasRemaining()) {
      rows.add(
          new RowFacts(
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getInt(),
              bytes.getLong(),
              text(bytes)));
    }
    return rows;
  }

  private static String text(ByteBuffer bytes) {
    byte[] text = new byte[bytes.getShort()];
    bytes.get(text);
    return new String(text, StandardCharsets.UTF_8);
  }
}
