package org.nin4j.spark;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nin4j.data.ImageSize;

/**
 * What the driver knows of images that are kept by the executors, in their order.
 *
 * @param labels the label of each image
 * @param ends for each partition the number of images in it and in those before
 * @param bytes number of bytes of all images
 * @param commonSize the size of every image, if all have the same
 * @param digest of all images and labels in their order
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ImageFacts(
    int[] labels, int[] ends, long bytes, Optional<ImageSize> commonSize, String digest) {
  static ImageFacts of(List<RowFacts> rows, int[] ends) {
    MessageDigest sha256 = RowFacts.sha256();
    ByteBuffer number = ByteBuffer.allocate(Long.BYTES);
    for (RowFacts row : rows) {
      sha256.update(number.putLong(0, row.digest()).array());
    }
    return new ImageFacts(
        rows.stream().mapToInt(RowFacts::label).toArray(),
        ends,
        rows.stream().mapToLong(RowFacts::bytes).sum(),
        rows.isEmpty() ? Optional.empty() : commonSize(rows),
        HexFormat.of().formatHex(sha256.digest(), 0, Long.BYTES));
  }

  private static Optional<ImageSize> commonSize(List<RowFacts> rows) {
    RowFacts first = rows.get(0);
    boolean same =
        rows.stream()
            .allMatch(row -> row.height() == first.height() && row.width() == first.width());
    return same ? Optional.of(new ImageSize(first.height(), first.width())) : Optional.empty();
  }

  int size() {
    return labels.length;
  }

  int label(int index) {
    return labels[index];
  }

  /** Returns the partitions that images are in, each once. */
  int[] partitions(int[] indices) {
    return IntStream.of(indices).map(this::partition).distinct().sorted().toArray();
  }

  /** The first partition that ends after an image. */
  private int partition(int index) {
    int at = Arrays.binarySearch(ends, index + 1);
    if (at < 0) {
      return -at - 1;
    }
    while (at > 0 && ends[at - 1] == index + 1) {
      at--; // partitions without images
    }
    return at;
  }
}
