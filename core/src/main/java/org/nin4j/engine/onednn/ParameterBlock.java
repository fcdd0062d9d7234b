package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Parameter;

/**
 * Native copies of a network's weights, or room for their gradients: fp32, in PyTorch's row-major
 * layout.
 */
final class ParameterBlock implements AutoCloseable {
  private final List<Parameter> parameters;
  private final Map<String, Integer> places = new HashMap<>();
  private final List<Long> offsets = new ArrayList<>();
  private final List<FloatBuffer> views = new ArrayList<>();
  private final NativeMemory memory;

  ParameterBlock(List<Parameter> parameters) {
    this.parameters = parameters;
    long bytes = 0;
    for (Parameter parameter : parameters) {
      places.put(parameter.name(), offsets.size());
      offsets.add(bytes);
      bytes += NativeMemory.align(4L * parameter.size());
    }
    memory = new NativeMemory(Math.max(bytes, NativeMemory.ALIGNMENT));
    for (int i = 0; i < parameters.size(); i++) {
      views.add(memory.floats(offsets.get(i), parameters.get(i).size()));
    }
  }

  /** The parameter of that name as a tensor of these extents. */
  Value value(String name, Dnnl dnnl, long... dims) {
    int place = places.get(name);
    return new Value(
        dnnl.plain(dnnl_f32, dims),
        Buffer.at(memory, offsets.get(place), 4L * parameters.get(place).size()));
  }

  void write(Weights weights) {
    for (int i = 0; i < views.size(); i++) {
      views.get(i).put(0, weights.values(i));
    }
  }

  /** Copies the trainable arrays out. */
  void read(Weights target) {
    for (int i = 0; i < views.size(); i++) {
      if (parameters.get(i).trainable()) {
        views.get(i).get(0, target.values(i));
      }
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
