package org.nin4j.explain;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImagePreprocessor;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.nn.Network;

/** Runs a network over one image and keeps the outputs of some of its layers. */
final class LayerOutputs implements AutoCloseable {
  /** A layer whose output is kept: its path, and the number and the places of its maps. */
  private record Kept(String path, int channels, CellGrid grid) {
    static Kept of(Network network, int leaf) {
      return new Kept(
          network.layers().leaves().get(leaf).path(),
          network.outputShapes().get(leaf).channels(),
          CellGrid.of(network, leaf));
    }
  }

  private final List<Kept> layers;
  private final ImagePreprocessor preprocessor;
  private final InferenceReplicas plan;
  private final float[] input; // (1, C, H, W)
  private final float[] logits; // (1, classes)
  private final List<FeatureMaps> maps = new ArrayList<>();

  /**
   * @param network the model's network, or the same layers for another size of input
   * @param layers indices in the network's leaves of the layers whose output is kept; all are maps
   */
  LayerOutputs(
      Arithmetic arithmetic, Network network, Preprocessing preprocessing, List<Integer> layers) {
    this.layers = layers.stream().map(layer -> Kept.of(network, layer)).toList();
    preprocessor = new ImagePreprocessor(preprocessing);
    input = new float[preprocessor.length()];
    logits = new float[network.classes()];
    List<String> paths = this.layers.stream().map(Kept::path).toList();
    PlanSpec spec = PlanSpec.of(network, 1, arithmetic.precision()).withOutputs(paths);
    plan = arithmetic.inference(spec);
  }

  /** Runs the network. */
  void run(DecodedImage image) {
    preprocessor.apply(image, input, 0);
    maps.clear();
    plan.use(
        running -> {
          running.run(input, 1, logits);
          for (int i = 0; i < layers.size(); i++) {
            Kept layer = layers.get(i);
            float[] values = new float[layer.channels() * layer.grid().cells()];
            running.output(i, values);
            maps.add(new FeatureMaps(layer.path(), layer.channels(), layer.grid(), values));
          }
        });
  }

  /** The logits of the last image; the same array for every image. */
  float[] logits() {
    return logits;
  }

  /** The output of a layer for the last image. */
  FeatureMaps maps(int index) {
    return maps.get(index);
  }

  @Override
  public void close() {
    plan.close();
  }
}
