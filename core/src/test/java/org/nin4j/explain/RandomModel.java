package org.nin4j.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Shape;

/** Models with random weights, and random images. */
final class RandomModel {
  private RandomModel() {}

  /** Weights of a variance that keeps activations of a similar size (He et al., 2015). */
  static Model of(Network network, long seed) {
    Random random = new Random(seed);
    Weights weights = Weights.zeros(network);
    for (int i = 0; i < weights.count(); i++) {
      Parameter parameter = weights.parameters().get(i);
      float[] values = weights.values(i);
      double deviation = Math.sqrt(2.0 * parameter.shape().dim(0) / values.length);
      for (int j = 0; j < values.length; j++) {
        double normal = random.nextGaussian();
        values[j] =
            (float)
                switch (parameter.role()) {
                  case WEIGHT -> normal * deviation;
                  case BIAS, NORM_SHIFT, RUNNING_MEAN -> normal / 8;
                  case NORM_SCALE, RUNNING_VARIANCE -> 0.5 + random.nextDouble();
                };
      }
    }
    List<String> classes = new ArrayList<>();
    for (int c = 0; c < network.classes(); c++) {
      classes.add("class " + c);
    }
    Shape input = network.input();
    Preprocessing preprocessing =
        Preprocessing.unit(input.channels(), input.height(), input.width());
    return new Model(network, weights, classes, preprocessing, Map.of());
  }

  /** An image of the size of a network's input. */
  static DecodedImage image(Network network, long seed) {
    Shape input = network.input();
    byte[] pixels = new byte[(int) input.elements()];
    new Random(seed).nextBytes(pixels);
    return new DecodedImage(input.channels(), input.height(), input.width(), pixels);
  }
}
