package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.nin4j.engine.Trial;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * A trial in PyTorch, layer by layer: forward and backward in training, and in inference. The
 * values between layers may be perturbed.
 */
final class TorchTrial {
  /** Changes a value that a layer has computed. */
  @FunctionalInterface
  interface Perturbation {
    Perturbation NONE = (leaf, what, value) -> value;

    /**
     * Returns the value that is used instead.
     *
     * @param leaf the index of the layer
     * @param what {@link Outputs#LOGITS} for its output, {@link Outputs#INFERENCE} for that in
     *     inference, {@link Outputs#IMAGES_GRADIENT} for the gradient of its input, {@link
     *     Outputs#INFERENCE_GRADIENT} for that in inference, or the name of the output that belongs
     *     to a parameter
     */
    Tensor perturbed(int leaf, String what, Tensor value);
  }

  private final Trial trial;
  private final ScalarType type;
  private final Perturbation perturbation;
  private final Map<String, Tensor> weights;

  /** The layers in training mode. */
  final List<TorchLeaf> training = new ArrayList<>();

  /** The layers in inference mode. */
  final List<TorchLeaf> inference = new ArrayList<>();

  /** Runs everything. To be called in {@link Torch#scoped}. */
  TorchTrial(Trial trial, ScalarType type, Perturbation perturbation) {
    this(trial, type, perturbation, weights(trial, type));
  }

  private TorchTrial(
      Trial trial, ScalarType type, Perturbation perturbation, Map<String, Tensor> weights) {
    this.trial = trial;
    this.type = type;
    this.perturbation = perturbation;
    this.weights = weights;
    forward(training, true);
    backward(training, Outputs.IMAGES_GRADIENT);
    forward(inference, false);
    backward(inference, Outputs.INFERENCE_GRADIENT);
  }

  /** Runs again from the same weights, perturbed. */
  TorchTrial perturbed(Perturbation by) {
    return new TorchTrial(trial, type, by, weights);
  }

  private static Map<String, Tensor> weights(Trial trial, ScalarType type) {
    Map<String, Tensor> weights = new HashMap<>();
    for (Parameter parameter : trial.weights.parameters()) {
      float[] values = trial.weights.values(parameter.name());
      weights.put(parameter.name(), Torch.tensor(values, parameter.shape()).to(type));
    }
    return weights;
  }

  private void forward(List<TorchLeaf> leaves, boolean inTraining) {
    Shape shape = trial.network.input().withBatch(trial.count);
    Tensor value = Torch.tensor(trial.images, shape).to(type);
    int dropouts = 0;
    for (PlacedLayer placed : trial.network.layers().leaves()) {
      Tensor mask = null;
      if (placed.layer() instanceof Dropout dropout && inTraining) {
        mask = mask(dropouts++, dropout.p(), shape);
      }
      TorchLeaf leaf =
          new TorchLeaf(placed, value, weights, inTraining, trial.isFrozen(placed.path()), mask);
      value =
          perturbation.perturbed(
              leaves.size(), inTraining ? Outputs.LOGITS : Outputs.INFERENCE, leaf.output.detach());
      leaves.add(leaf);
      shape = placed.layer().outputShape(shape);
    }
  }

  private Tensor mask(int dropout, float p, Shape shape) {
    float[] mask = new float[Math.toIntExact(shape.elements())];
    int perImage = mask.length / trial.count;
    for (int image = 0; image < trial.count; image++) {
      trial.masks.fill(dropout, p, image, mask, image * perImage, perImage);
    }
    return Torch.tensor(mask, shape).to(type);
  }

  private void backward(List<TorchLeaf> leaves, String what) {
    Shape logits = Shape.of(trial.count, trial.network.classes());
    Tensor gradient = Torch.tensor(trial.logitsGradient, logits).to(type);
    for (int i = leaves.size() - 1; i >= 0; i--) {
      leaves.get(i).backward(gradient);
      gradient = perturbation.perturbed(i, what, leaves.get(i).inputGradient.detach());
    }
  }

  /** The outputs of the whole network. */
  Outputs outputs() {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    int last = training.size() - 1;
    put(arrays, last, Outputs.LOGITS, training.get(last).output);
    put(arrays, last, Outputs.INFERENCE, inference.get(last).output);
    put(arrays, 0, Outputs.IMAGES_GRADIENT, training.get(0).inputGradient);
    put(arrays, 0, Outputs.INFERENCE_GRADIENT, inference.get(0).inputGradient);
    for (int i = 0; i <= last; i++) {
      TorchLeaf leaf = training.get(i);
      List<Tensor> results = leaf.results();
      for (int j = 0; j < results.size(); j++) {
        String what = Outputs.of(leaf.placed.parameters().get(j));
        if (leaf.frozen) {
          arrays.put(what, Torch.values(results.get(j))); // nothing that rounding could move
        } else {
          put(arrays, i, what, results.get(j));
        }
      }
    }
    return new Outputs(arrays);
  }

  private void put(Map<String, double[]> arrays, int leaf, String what, Tensor value) {
    arrays.put(what, Torch.values(perturbation.perturbed(leaf, what, value.detach())));
  }
}
