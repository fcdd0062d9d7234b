package org.nin4j.interchange.pytorch;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.io.Dtype;
import org.nin4j.io.Floats;
import org.nin4j.io.NamedTensor;

/**
 * A tensor of a state_dict to be written.
 *
 * @param floats its values; null for a counter, which is a 64-bit 0
 */
record WrittenTensor(String name, NamedTensor floats) {
  static WrittenTensor of(NamedTensor tensor) {
    return new WrittenTensor(tensor.name(), tensor);
  }

  /** A counter that PyTorch's BatchNorm2d has and uses only where it has no momentum. */
  static WrittenTensor counter(String name) {
    return new WrittenTensor(name, null);
  }

  String storageType() {
    return floats == null ? "LongStorage" : "FloatStorage";
  }

  long elements() {
    return floats == null ? 1 : floats.values().length;
  }

  long bytes() {
    return floats == null ? Long.BYTES : (long) Float.BYTES * floats.values().length;
  }

  List<Long> dims() {
    return floats == null ? List.of() : floats.dims();
  }

  List<Long> strides() {
    List<Long> strides = new ArrayList<>();
    long stride = 1;
    List<Long> dims = dims();
    for (int i = dims.size() - 1; i >= 0; i--) {
      strides.add(0, stride);
      stride *= dims.get(i);
    }
    return strides;
  }

  /** Writes the elements in little-endian order. */
  void writeTo(OutputStream out) throws IOException {
    if (floats == null) {
      out.write(new byte[Long.BYTES]);
      return;
    }
    Floats.write(out::write, Dtype.F32, floats.values(), 0, floats.values().length);
  }
}
