package org.nin4j.engine.onednn;

import java.nio.FloatBuffer;
import org.bytedeco.javacpp.Pointer;

/** A block of memory with the gradients of one shard. */
final class GradientBlock implements AutoCloseable {
  private final NativeMemory memory;
  private final Pointer[] addresses;
  private final FloatBuffer[] values;

  GradientBlock(GradientLayout layout) {
    memory = new NativeMemory(Math.max(layout.bytes(), NativeMemory.ALIGNMENT));
    addresses = new Pointer[layout.parameters()];
    values = new FloatBuffer[layout.parameters()];
    for (int i = 0; i < addresses.length; i++) {
      if (layout.layout(i) != null) {
        addresses[i] = memory.at(layout.offset(i));
        int count = Math.toIntExact(layout.bytes(i) / Float.BYTES);
        values[i] = memory.floats(layout.offset(i), count);
      }
    }
  }

  NativeMemory memory() {
    return memory;
  }

  /** Where the gradient of a parameter begins. */
  Pointer address(int parameter) {
    return addresses[parameter];
  }

  /** The gradient of a parameter, in the order of its memory. */
  FloatBuffer values(int parameter) {
    return values[parameter];
  }

  @Override
  public void close() {
    memory.close();
  }
}
