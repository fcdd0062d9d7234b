package org.nin4j.engine.onednn;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nin4j.engine.Grid;

/** A tensor of a program: its extents, type and layout, and the buffer that holds it. */
final class Value {
  private final dnnl_memory_desc md;
  private final Buffer buffer;
  private final Grid grid;
  private final List<Value> reordered = new ArrayList<>();
  private FloatBuffer floats;

  Value(dnnl_memory_desc md, Buffer buffer) {
    this(md, buffer, null);
  }

  Value(dnnl_memory_desc md, Buffer buffer, Grid grid) {
    this.md = md;
    this.buffer = buffer;
    this.grid = grid;
  }

  dnnl_memory_desc md() {
    return md;
  }

  Buffer buffer() {
    return buffer;
  }

  /** What its integers stand for; null for a tensor of real numbers. */
  Grid grid() {
    return grid;
  }

  /** The same tensor in other layouts, as far as a step has made them. */
  List<Value> reordered() {
    return reordered;
  }

  /** Makes a fp32 tensor visible to Java, at its place in the arena. */
  void expose(NativeMemory arena) {
    int count = Math.toIntExact(buffer.bytes() / Float.BYTES);
    floats = buffer.home(arena).floats(buffer.offset(), count);
  }

  /** Fills an exposed tensor from the beginning of an array. */
  void write(float[] source) {
    floats.put(0, source, 0, floats.capacity());
  }

  /** Copies an exposed tensor to the beginning of an array. */
  void read(float[] target) {
    floats.get(0, target, 0, floats.capacity());
  }
}
