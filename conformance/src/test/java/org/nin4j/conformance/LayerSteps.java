package org.nin4j.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.nin4j.Engines;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * A quantized model in the reference engine, in steps: from the input of one layer with integers to
 * that of the next, or to the logits.
 */
final class LayerSteps {
  private final Model model;
  private final int count;
  private final List<PlacedLayer> leaves;

  LayerSteps(Model model, int count) {
    this.model = model;
    this.count = count;
    leaves = model.network().layers().leaves();
  }

  /** The layers with integers. */
  List<PlacedLayer> layers() {
    return Quantization.quantizable(model.network());
  }

  /** The logits of images. */
  float[] run(float[] images) {
    return run(model.network(), model.weights(), model.quantization(), images);
  }

  /**
   * The input of the layer with integers behind this one.
   *
   * @param layer a layer with integers
   * @param values its input
   */
  float[] run(PlacedLayer layer, float[] values) {
    int from = leaves.indexOf(layer);
    int to = from + 1;
    while (to < leaves.size() && !Quantization.isQuantizable(leaves.get(to))) {
      to++;
    }
    Shape input =
        from == 0 ? model.network().input() : model.network().outputShapes().get(from - 1);
    List<Layer> layers = new ArrayList<>();
    if (input.rank() == 2) {
      layers.add(new Flatten());
      input = Shape.of(1, input.channels(), 1, 1);
    }
    String path = Integer.toString(layers.size());
    leaves.subList(from, to).forEach(leaf -> layers.add(leaf.layer()));
    layers.add(new Flatten());
    Network step = new Network("step", input, new Sequential(layers));
    Weights weights = Weights.zeros(step);
    int parameter = 0;
    for (PlacedLayer leaf : leaves.subList(from, to)) {
      for (Parameter each : leaf.parameters()) {
        float[] target = weights.values(parameter++);
        System.arraycopy(model.weights().values(each.name()), 0, target, 0, target.length);
      }
    }
    Quantization quantization =
        new Quantization(Map.of(path, model.quantization().layer(layer.path())));
    return run(step, weights, quantization, values);
  }

  private float[] run(Network network, Weights weights, Quantization quantization, float[] values) {
    float[] output = new float[count * network.classes()];
    PlanSpec spec = PlanSpec.of(network, count, Precision.INT8, quantization);
    try (OwnWeights plan = OwnWeights.compile(Engines.reference(), spec)) {
      plan.load(weights);
      plan.run(values, count, output);
    }
    return output;
  }
}
