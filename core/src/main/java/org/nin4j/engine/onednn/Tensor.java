package org.nin4j.engine.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nin4j.engine.QuantizationParameters;

/** A tensor of a program: its extents, type and layout, and the buffer that holds it. */
final class Tensor {
  private final dnnl_memory_desc md;
  private final Buffer buffer;
  private final QuantizationParameters quantization;
  private final List<Tensor> reordered = new ArrayList<>();
  private FloatBuffer floats;

  Tensor(dnnl_memory_desc md, Buffer buffer) {
    this(md, buffer, null);
  }

  Tensor(dnnl_memory_desc md, Buffer buffer, QuantizationParameters quantization) {
    this.md = md;
    this.buffer = buffer;
    this.quantization = quantization;
  }

  dnnl_memory_desc md() {
    return md;
  }

  Buffer buffer() {
    return buffer;
  }

  /** What its integers represent; null for a tensor of floats. */
  QuantizationParameters quantization() {
    return quantization;
  }

  /** The same tensor in other layouts, as far as a step has made them. */
  List<Tensor> reordered() {
    return reordered;
  }

  /** Makes a fp32 tensor visible to Java, at its offset in the arena. */
  void expose(NativeMemory arena) {
    int count = Math.toIntExact(buffer.bytes() / Float.BYTES);
    floats = buffer.memory(arena).floats(buffer.offset(), count);
  }

  /** Fills an exposed tensor, or its beginning, from an array. */
  void write(float[] source, int offset, int count) {
    floats.put(0, source, offset, count);
  }

  /** Fills the rest of an exposed tensor with zeros. */
  void clear(int from) {
    for (int i = from; i < floats.capacity(); i++) {
      floats.put(i, 0);
    }
  }

  /** Copies an exposed tensor, or its beginning, to an array. */
  void read(float[] target, int offset, int count) {
    floats.get(0, target, offset, count);
  }

  /** How many values an exposed tensor has. */
  int size() {
    return floats.capacity();
  }
}
