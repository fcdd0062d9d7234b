package org.nin4j.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;

/** A tensor of a program: its extents, type and layout, and the buffer that holds it. */
final class Value {
  private final dnnl_memory_desc md;
  private final Buffer buffer;
  private final List<Value> reordered = new ArrayList<>();

  Value(dnnl_memory_desc md, Buffer buffer) {
    this.md = md;
    this.buffer = buffer;
  }

  dnnl_memory_desc md() {
    return md;
  }

  Buffer buffer() {
    return buffer;
  }

  /** The same tensor in other layouts, as far as a step has made them. */
  List<Value> reordered() {
    return reordered;
  }
}
