package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.nin4j.error.InvalidFileException;
import org.nin4j.io.TensorInfo;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;

/**
 * A number for each output of a layer.
 *
 * @param values one of them, or one for all
 * @param outputs how many there are
 */
record Bias(Values values, int outputs) implements Values {

  /**
   * Returns the bias of a layer.
   *
   * @param outputs how many numbers there must be
   */
  static Bias of(OnnxNode node, Values values, long outputs) throws InvalidFileException {
    return broadcast(node, values, List.of(outputs));
  }

  /**
   * Returns what is added to each of the outputs under ONNX's broadcasting.
   *
   * @param dims the extents of the sum for one image: (outputs) or (outputs, H, W)
   */
  static Bias broadcast(OnnxNode node, Values values, List<Long> dims) throws InvalidFileException {
    long outputs = dims.get(0);
    List<Long> own = values.dims();
    // aligned at the end; an extent of 1 is repeated
    int axis = own.size() - dims.size();
    boolean fits = axis <= 1;
    for (int i = 0; i < own.size(); i++) {
      fits &= own.get(i) == 1 || (i == axis && own.get(i) == outputs);
    }
    if (!fits) {
      throw node.invalid(
          "adds " + TensorInfo.text(own) + " numbers to " + outputs + " outputs of a layer");
    }
    return new Bias(values, Math.toIntExact(outputs));
  }

  /** Returns the layer with a bias; null where it has one already, or cannot have one. */
  static Layer added(Layer layer) {
    if (layer instanceof Linear linear && !linear.bias()) {
      return new Linear(linear.inFeatures(), linear.outFeatures(), true);
    }
    if (layer instanceof Conv2d conv && !conv.bias()) {
      return new Conv2d(
          conv.inChannels(),
          conv.outChannels(),
          conv.kernel(),
          conv.stride(),
          conv.padding(),
          true);
    }
    return null;
  }

  @Override
  public String name() {
    return values.name();
  }

  @Override
  public List<Long> dims() {
    return List.of((long) outputs);
  }

  @Override
  public float[] floats() throws IOException {
    float[] source = values.floats();
    if (source.length == outputs) {
      return source;
    }
    float[] all = new float[outputs];
    Arrays.fill(all, source[0]);
    return all;
  }
}
