package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;

/** One layer of a trial in PyTorch, with its inputs and outputs, forward and backward. */
final class TorchLeaf {
  final PlacedLayer placed;

  /**
   * Whether its parameters have no gradients, and a BatchNorm2d is in inference mode; so it is in
   * inference.
   */
  final boolean frozen;

  /**
   * Its parameters and buffers. A BatchNorm2d's buffers are moved by a forward pass in training.
   */
  final List<Tensor> parameters = new ArrayList<>();

  /** The buffers as they were before the pass. */
  final List<Tensor> buffersBefore = new ArrayList<>();

  final Tensor mask;
  final Tensor input;
  final Tensor output;
  Tensor outputGradient;
  Tensor inputGradient;

  /** Gradients of the trained parameters, in their order. */
  List<Tensor> parameterGradients = List.of();

  /**
   * Runs the layer forward.
   *
   * @param weights parameters and buffers by name, which stay as they are
   */
  TorchLeaf(
      PlacedLayer placed,
      Tensor input,
      Map<String, Tensor> weights,
      boolean training,
      boolean frozen,
      Tensor mask) {
    this.placed = placed;
    this.frozen = frozen || !training;
    this.mask = mask;
    this.input = Torch.leaf(input);
    for (Parameter parameter : placed.parameters()) {
      Tensor value = weights.get(parameter.name());
      if (!parameter.trainable()) {
        buffersBefore.add(value);
        parameters.add(value.clone());
      } else {
        parameters.add(this.frozen ? value : Torch.leaf(value));
      }
    }
    boolean inTraining = training && !(frozen && placed.layer() instanceof BatchNorm2d);
    output = placed.layer().accept(new TorchLayers(this.input, parameters, inTraining, mask));
  }

  /** Runs the layer backward. */
  void backward(Tensor gradient) {
    outputGradient = gradient;
    List<Tensor> wanted = new ArrayList<>(List.of(input));
    for (int i = 0; i < parameters.size(); i++) {
      if (!frozen && placed.parameters().get(i).trainable()) {
        wanted.add(parameters.get(i));
      }
    }
    List<Tensor> gradients = Torch.gradients(output, wanted, gradient);
    inputGradient = gradients.get(0);
    parameterGradients = gradients.subList(1, gradients.size());
  }

  /**
   * The gradients of trained parameters, zeros for frozen ones, and buffers as they are, in the
   * parameters' order.
   */
  List<Tensor> results() {
    List<Tensor> results = new ArrayList<>();
    int trained = 0;
    for (int i = 0; i < parameters.size(); i++) {
      Tensor parameter = parameters.get(i);
      if (!placed.parameters().get(i).trainable()) {
        results.add(parameter);
      } else {
        results.add(frozen ? torch.zeros_like(parameter) : parameterGradients.get(trained++));
      }
    }
    return results;
  }
}
