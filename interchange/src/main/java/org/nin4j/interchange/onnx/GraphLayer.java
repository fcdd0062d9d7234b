package org.nin4j.interchange.onnx;

import java.util.List;
import java.util.Optional;
import org.nin4j.nn.Layer;

/**
 * A layer that a node describes.
 *
 * @param layer what it computes
 * @param parameters where its parameters are, in the layer's order
 * @param node for messages
 * @param quantization the tensors by which it computes in 8-bit integers; empty for floats
 */
record GraphLayer(
    Layer layer, List<Values> parameters, OnnxNode node, Optional<QdqNames> quantization) {
  GraphLayer {
    parameters = List.copyOf(parameters);
  }
}
