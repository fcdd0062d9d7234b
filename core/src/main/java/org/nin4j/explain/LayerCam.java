package org.nin4j.explain;

import java.util.Arrays;
import java.util.List;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.GradientPlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.nn.Network;

/** {@link ExplanationMethod#LAYER_CAM}. */
final class LayerCam implements HeatMapper {
  private final LayerOutputs outputs;
  private final PreparedWeights weights;
  private final GradientPlan gradients;
  private final int classes;

  /**
   * @param layer index in the network's leaves of the layer whose maps are weighted
   */
  LayerCam(Arithmetic arithmetic, Network network, Preprocessing preprocessing, int layer) {
    Network scores = ScoreNetwork.after(network, layer);
    Engine engine = arithmetic.engine();
    classes = scores.classes();
    outputs = new LayerOutputs(arithmetic, network, preprocessing, List.of(layer));
    weights = engine.prepare(scores);
    try {
      weights.load(arithmetic.weights().last(scores));
      gradients = engine.compileGradients(PlanSpec.of(scores, 1, arithmetic.precision()), weights);
    } catch (RuntimeException | Error e) {
      weights.close();
      outputs.close();
      throw e;
    }
  }

  @Override
  public HeatMap map(DecodedImage image, int label) {
    outputs.run(image);
    FeatureMaps maps = outputs.maps(0);
    float[] ofScores = new float[classes];
    gradients.forward(maps.values(), 0, 1, ofScores, 0);
    Arrays.fill(ofScores, 0);
    ofScores[label] = 1;
    float[] gradient = new float[maps.values().length];
    gradients.backward(ofScores, 0, gradient, 0);
    return new HeatMap(maps.grid(), weighted(maps, gradient));
  }

  private static float[] weighted(FeatureMaps maps, float[] gradient) {
    float[] sums = new float[maps.grid().cells()];
    for (int i = 0; i < gradient.length; i++) {
      sums[i % sums.length] += Math.max(0, gradient[i]) * maps.values()[i];
    }
    for (int i = 0; i < sums.length; i++) {
      sums[i] = Math.max(0, sums[i]);
    }
    return sums;
  }

  @Override
  public String description() {
    FeatureMaps maps = outputs.maps(0);
    return "the positive gradients times the maps of layer "
        + maps.layer()
        + " ("
        + maps.grid()
        + ")";
  }

  @Override
  public void close() {
    gradients.close();
    weights.close();
    outputs.close();
  }
}
