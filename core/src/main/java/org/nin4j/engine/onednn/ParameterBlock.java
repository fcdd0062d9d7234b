package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import org.nin4j.nn.Parameter;

/** Memory for all of a network's parameters and buffers: fp32, in PyTorch's row-major layout. */
final class ParameterBlock implements AutoCloseable {
  private final List<Parameter> parameters;
  private final List<Long> offsets = new ArrayList<>();
  private final List<FloatBuffer> views = new ArrayList<>();
  private final NativeMemory memory;

  ParameterBlock(List<Parameter> parameters) {
    this.parameters = parameters;
    long bytes = 0;
    for (Parameter parameter : parameters) {
      offsets.add(bytes);
      bytes += NativeMemory.align(4L * parameter.size());
    }
    memory = new NativeMemory(Math.max(bytes, NativeMemory.ALIGNMENT));
    for (int i = 0; i < parameters.size(); i++) {
      views.add(memory.floats(offsets.get(i), parameters.get(i).size()));
    }
  }

  /**
   * A parameter as a tensor.
   *
   * @param dnnl owns the tensor's descriptor
   */
  Tensor tensor(int index, Dnnl dnnl) {
    Parameter parameter = parameters.get(index);
    return new Tensor(
        dnnl.plain(dnnl_f32, Dnnl.dims(parameter.shape())),
        Buffer.at(memory, offsets.get(index), 4L * parameter.size()));
  }

  void write(int index, float[] source) {
    views.get(index).put(0, source);
  }

  void read(int index, float[] target) {
    views.get(index).get(0, target);
  }

  @Override
  public void close() {
    memory.close();
  }
}
