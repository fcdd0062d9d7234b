package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.nin4j.nn.Parameter;

/**
 * In which layout the gradient of each parameter is kept, and where in a block: as the first
 * program wanted it that computes gradients over the same weights. Shards are added as they are,
 * and only their sum is brought into PyTorch's layout.
 */
final class GradientLayout {
  private final dnnl_memory_desc[] layouts;
  private final long[] offsets;
  private final Scope scope;
  private long bytes;

  /**
   * @param scope owns the descriptors
   */
  GradientLayout(List<Parameter> parameters, Scope scope) {
    layouts = new dnnl_memory_desc[parameters.size()];
    offsets = new long[parameters.size()];
    this.scope = scope;
  }

  /**
   * The tensor for a gradient.
   *
   * @param index of the parameter
   * @param wanted which layout it gets, if it is the first
   */
  synchronized Tensor tensor(int index, dnnl_memory_desc wanted) {
    if (layouts[index] == null) {
      layouts[index] = Dnnl.copy(wanted, scope);
      offsets[index] = bytes;
      bytes += NativeMemory.align(bytes(index));
    }
    return new Tensor(layouts[index], Buffer.ofGradient(index, bytes(index)));
  }

  /** Null where no program has a gradient of that parameter. */
  synchronized dnnl_memory_desc layout(int index) {
    return layouts[index];
  }

  synchronized long offset(int index) {
    return offsets[index];
  }

  /** Bytes of one gradient. */
  synchronized long bytes(int index) {
    return dnnl_memory_desc_get_size(layouts[index]);
  }

  /** Bytes of all gradients. */
  synchronized long bytes() {
    return bytes;
  }

  int parameters() {
    return layouts.length;
  }
}
