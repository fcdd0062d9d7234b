package org.nin4j.interchange.caffe;

import com.google.protobuf.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.nin4j.interchange.internal.FileRange;
import org.nin4j.interchange.internal.ProtobufOutline;
import org.nin4j.io.Dtype;
import org.nin4j.io.TensorInfo;

/**
 * An array of numbers in a Caffe file, without the numbers.
 *
 * @param message a BlobProto whose numbers have been left in the file
 * @param dims its extents, outermost first: those of {@code shape} or, in the form of 2013, num,
 *     channels, height and width
 */
record Blob(CaffeMessage message, List<Long> dims) {
  private static final List<String> OLD_DIMS = List.of("num", "channels", "height", "width");

  /**
   * @throws IllegalArgumentException when the extents are not those of so many numbers; what is
   *     wrong, without the name of the blob
   */
  static Blob of(CaffeMessage message) {
    List<Long> dims = dims(message);
    Blob blob = new Blob(message, dims);
    long product = 1;
    for (long dim : dims) {
      if (dim < 0 || dim > Integer.MAX_VALUE || product * dim > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("has an impossible shape, " + text(dims));
      }
      product *= dim;
    }
    if (product != blob.values()) {
      throw new IllegalArgumentException(
          "has the shape " + text(dims) + ", but " + blob.values() + " values");
    }
    return blob;
  }

  private static List<Long> dims(CaffeMessage message) {
    if (message.has("shape")) {
      return message.message("shape").numbers("dim");
    }
    if (OLD_DIMS.stream().noneMatch(message::has)) {
      return List.of(); // a single number
    }
    List<Long> dims = new ArrayList<>();
    OLD_DIMS.forEach(name -> dims.add(message.number(name, 0)));
    return dims;
  }

  /** The type of its numbers: F32 or F64. */
  Dtype dtype() {
    return !ranges(Dtype.F64).isEmpty() || !message.list("double_data").isEmpty()
        ? Dtype.F64
        : Dtype.F32;
  }

  /** Where its numbers are that lie one after the other, as all writers put them. */
  List<FileRange> ranges() {
    return ranges(dtype());
  }

  /** The numbers that lie apart, each behind its own tag. */
  List<? extends Number> apart() {
    return message.list(dtype() == Dtype.F64 ? "double_data" : "data");
  }

  private List<FileRange> ranges(Dtype dtype) {
    Message whole = message.message();
    return ProtobufOutline.ranges(
        whole, dtype == Dtype.F64 ? CaffeSchema.DOUBLE_DATA : CaffeSchema.DATA);
  }

  private long values() {
    int bytes = dtype().bits() / 8;
    long values = 0;
    for (FileRange range : ranges()) {
      if (range.length() % bytes != 0) {
        throw new IllegalArgumentException(
            "has "
                + range.length()
                + " bytes, which is not a number of "
                + 8 * bytes
                + "-bit floats");
      }
      values += range.length() / bytes;
    }
    if (values > 0 && !apart().isEmpty()) {
      throw new IllegalArgumentException("is written partly packed and partly not");
    }
    return values + apart().size();
  }

  /** Whether its shape is the wanted one, but for ones in front, which the form of 2013 adds. */
  boolean hasShape(List<Integer> wanted) {
    return withoutOnes(dims).equals(withoutOnes(wanted.stream().map(Long::valueOf).toList()));
  }

  private static List<Long> withoutOnes(List<Long> dims) {
    return dims.stream().dropWhile(dim -> dim == 1).toList();
  }

  TensorInfo info(String name) {
    return new TensorInfo(name, dtype(), dims);
  }

  /** {@code 192x3x5x5}. */
  static String text(List<? extends Number> dims) {
    return dims.isEmpty()
        ? "of a single value"
        : dims.stream().map(Number::toString).collect(Collectors.joining("x"));
  }
}
