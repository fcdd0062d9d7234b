package org.nin4j.io;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.nin4j.internal.Quoted;

/** A safetensors header: the metadata, and the tensors in the order of their data. */
record Header(Map<String, String> metadata, List<TensorRange> tensors) {
  static final String METADATA = "__metadata__";

  /** Bytes of the number before the header. */
  static final int LENGTH_BYTES = 8;

  /** The limit of the reference implementation. */
  static final int LONGEST = 100_000_000;

  Header {
    tensors =
        tensors.stream()
            .sorted(
                Comparator.comparingLong(TensorRange::begin).thenComparingLong(TensorRange::end))
            .toList();
  }

  /**
   * What is wrong with the data that a header declares.
   *
   * @param dataByte where, in bytes from the start of the data
   */
  record Defect(long dataByte, String what) {}

  /**
   * What is wrong with the tensors in a data section of that size, or null. They must fill it from
   * the first byte to the last without holes or overlaps.
   */
  Defect defect(long dataBytes) {
    long covered = 0;
    String before = "";
    for (TensorRange tensor : tensors) {
      String alone = tensor.defect();
      if (alone != null) {
        return new Defect(tensor.begin(), alone);
      }
      String itself = "tensor " + Quoted.text(tensor.info().name());
      if (tensor.begin() < covered) {
        return new Defect(
            tensor.begin(), itself + " overlaps " + before + " at data byte " + tensor.begin());
      }
      if (tensor.begin() > covered) {
        return new Defect(
            covered,
            "data bytes "
                + covered
                + " to "
                + tensor.begin()
                + ", before "
                + itself
                + ", belong to no tensor");
      }
      covered = tensor.end();
      before = itself;
    }
    if (covered > dataBytes) {
      return new Defect(
          dataBytes,
          "its tensors take " + covered + " bytes, but only " + dataBytes + " follow the header");
    }
    if (covered < dataBytes) {
      return new Defect(
          covered, (dataBytes - covered) + " bytes after the last tensor belong to none");
    }
    return null;
  }
}
