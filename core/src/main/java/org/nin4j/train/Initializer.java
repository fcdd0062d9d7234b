package org.nin4j.train;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * How the weights of a network are initialized. The same seed gives the same bits on every machine
 * and version of Java.
 */
public enum Initializer {
  /**
   * Weights are uniform in +-sqrt(6 / (fan_in + fan_out)) (Glorot and Bengio, 2010), and biases are
   * uniform in +-1/sqrt(fan_in), PyTorch's default. This is what <i>Dive into Deep Learning</i>,
   * section 7.3, does.
   */
  XAVIER_UNIFORM {
    @Override
    void fill(Network network, Weights weights, long seed) {
      eachWithFan(
          network,
          weights,
          seed,
          (random, weight, bias, fanIn, fanOut) -> {
            random.uniform(weight, Math.sqrt(6.0 / (fanIn + fanOut)));
            random.uniform(bias, 1 / Math.sqrt(fanIn));
          });
    }
  },
  /** Weights are normal with variance 2 / fan_in (He and others, 2015), and biases are 0. */
  HE {
    @Override
    void fill(Network network, Weights weights, long seed) {
      eachWithFan(
          network,
          weights,
          seed,
          (random, weight, bias, fanIn, fanOut) -> random.normal(weight, Math.sqrt(2.0 / fanIn)));
    }
  },
  /**
   * Weights are normal with standard deviation 0.05, and biases are 0, as in the Caffe model of the
   * authors of Network in Network for CIFAR-10.
   */
  NORMAL {
    @Override
    void fill(Network network, Weights weights, long seed) {
      eachWithFan(
          network,
          weights,
          seed,
          (random, weight, bias, fanIn, fanOut) -> random.normal(weight, NORMAL_DEVIATION));
    }
  },
  /**
   * Like {@link #HE}, except that each convolution but the first passes its input channels on, as
   * far as it has as many output channels: its first filters are the identity, as in PyTorch's
   * {@code dirac_}. A convolution with fewer output than input channels, such as the last of a NiN,
   * is as in {@link #HE}.
   */
  DIRAC {
    @Override
    void fill(Network network, Weights weights, long seed) {
      HE.fill(network, weights, seed);
      boolean first = true;
      for (PlacedLayer placed : network.layers().leaves()) {
        if (placed.layer() instanceof Conv2d conv) {
          if (!first && conv.outChannels() >= conv.inChannels()) {
            dirac(conv, weights.values(placed.path() + ".weight"));
          }
          first = false;
        }
      }
    }
  },
  /**
   * Like {@link #HE}, except for the last block of a NiN. Its 1x1 convolutions, which have as many
   * input and output channels as there are classes, are initialized to the identity plus normal
   * noise of standard deviation 0.05, and the biases of the block to 0.2. So each class has a
   * feature map of its own from the first step, and the last ReLU passes gradients; with other
   * initializers it may output 0 for every image from the start, and the network never learns.
   */
  IDENTITY_HEAD {
    @Override
    void fill(Network network, Weights weights, long seed) {
      HE.fill(network, weights, seed);
      int classes = network.classes();
      List<PlacedLayer> convolutions =
          network.layers().leaves().stream()
              .filter(placed -> placed.layer() instanceof Conv2d)
              .toList();
      for (int i = convolutions.size() - 1; i >= 0; i--) {
        PlacedLayer placed = convolutions.get(i);
        Conv2d conv = (Conv2d) placed.layer();
        if (conv.outChannels() != classes) {
          return;
        }
        if (conv.bias()) {
          Arrays.fill(weights.values(placed.path() + ".bias"), HEAD_BIAS);
        }
        if (conv.inChannels() != classes || conv.kernel().area() != 1) {
          return;
        }
        String name = placed.path() + ".weight";
        float[] weight = weights.values(name);
        new ParameterRandom(seed, name + " identity").normal(weight, HEAD_NOISE);
        for (int c = 0; c < classes; c++) {
          weight[c * classes + c] += 1;
        }
      }
    }
  };

  private static final double NORMAL_DEVIATION = 0.05;
  private static final float HEAD_BIAS = 0.2f;
  private static final double HEAD_NOISE = 0.05;

  abstract void fill(Network network, Weights weights, long seed);

  /**
   * Returns new weights for a network. BatchNorm2d starts with weight 1, bias 0, running mean 0 and
   * running variance 1.
   *
   * @param network the network that the weights are for
   * @param seed the seed of the random numbers
   * @return the initialized weights
   */
  public Weights initialize(Network network, long seed) {
    Weights weights = Weights.zeros(network);
    for (int i = 0; i < weights.count(); i++) {
      String name = weights.parameters().get(i).name();
      if (weights.parameters().get(i).shape().rank() == 1
          && (name.endsWith(".weight") || name.endsWith(".running_var"))) {
        Arrays.fill(weights.values(i), 1);
      }
    }
    fill(network, weights, seed);
    return weights;
  }

  /** Fills the weight and the bias of a layer; the bias is empty for a layer without one. */
  @FunctionalInterface
  private interface LayerFiller {
    void fill(ParameterRandom random, float[] weight, float[] bias, double fanIn, double fanOut);
  }

  /** Calls the filler for each Conv2d and Linear layer. */
  private static void eachWithFan(Network network, Weights weights, long seed, LayerFiller filler) {
    for (PlacedLayer placed : network.layers().leaves()) {
      List<Parameter> parameters = placed.parameters();
      if (parameters.isEmpty() || parameters.get(0).shape().rank() == 1) {
        continue;
      }
      Shape shape = parameters.get(0).shape();
      double area = (double) shape.elements() / shape.dim(0) / shape.dim(1);
      float[] bias =
          parameters.size() > 1 ? weights.values(parameters.get(1).name()) : new float[0];
      String name = parameters.get(0).name();
      filler.fill(
          new ParameterRandom(seed, name),
          weights.values(name),
          bias,
          shape.dim(1) * area,
          shape.dim(0) * area);
    }
  }

  /** Makes the first filters, as many as there are input channels, the identity. */
  private static void dirac(Conv2d conv, float[] weight) {
    int area = conv.kernel().area();
    int filter = conv.inChannels() * area;
    int centre = conv.kernel().height() / 2 * conv.kernel().width() + conv.kernel().width() / 2;
    Arrays.fill(weight, 0, conv.inChannels() * filter, 0);
    for (int c = 0; c < conv.inChannels(); c++) {
      weight[c * filter + c * area + centre] = 1;
    }
  }

  /** Returns the name that recipes use, such as {@code identity-head}. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
