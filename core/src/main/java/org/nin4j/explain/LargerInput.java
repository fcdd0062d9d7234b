package org.nin4j.explain;

import java.util.Optional;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Preprocessing;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;

/** {@link ExplanationMethod#LARGER_INPUT}. */
final class LargerInput implements HeatMapper {
  private static final int[] FACTORS = {2, 4};

  private final Shape input;
  private final int factor;
  private final ClassMapPass pass;

  /**
   * @param cells how many rows and columns the maps shall have at least; with the largest factor
   *     they may have fewer
   */
  LargerInput(
      Arithmetic arithmetic,
      Network network,
      Preprocessing preprocessing,
      ClassMapLayers layers,
      int cells) {
    input = network.input();
    factor = factor(network, layers, cells);
    int height = factor * input.height();
    int width = factor * input.width();
    pass =
        new ClassMapPass(
            arithmetic,
            layers.resized(network, height, width),
            preprocessing.withSize(height, width),
            Optional.of(layers));
  }

  private static int factor(Network network, ClassMapLayers layers, int cells) {
    int factor = 1;
    for (int candidate : FACTORS) {
      factor = candidate;
      Shape input = network.input();
      Network larger =
          layers.resized(network, candidate * input.height(), candidate * input.width());
      Shape maps = larger.outputShapes().get(layers.after());
      if (Math.min(maps.height(), maps.width()) >= cells) {
        break;
      }
    }
    return factor;
  }

  @Override
  public HeatMap map(DecodedImage image, int label) {
    pass.run(image);
    HeatMap map = pass.maps().orElseThrow().beforeRelu(label);
    return new HeatMap(map.grid().over(input), map.values());
  }

  @Override
  public String description() {
    return "the class map of the same network over an input of "
        + factor * input.height()
        + "x"
        + factor * input.width();
  }

  @Override
  public void close() {
    pass.close();
  }
}
