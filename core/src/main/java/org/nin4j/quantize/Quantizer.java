package org.nin4j.quantize;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.BatchNormFolding;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.PlacedLayer;

/**
 * Quantizes a model after its training (static post-training quantization). The weights of each
 * output channel have a scale of their own: the largest absolute weight of the channel divided by
 * 127. The input of each layer has one scale and one zero point, which are found by running images
 * through the network: of all candidate ranges, divided into 256 values, the one with the smallest
 * squared error of rounding and clipping is chosen, as PyTorch's HistogramObserver does. The images
 * are drawn from the data set in an order that a fixed seed determines. BatchNorm2d layers are
 * folded into the convolutions before them first, by {@link BatchNormFolding}.
 */
public final class Quantizer {
  private final Engine engine;
  private final ImageDataset calibration;
  private final int images;
  private final int threads;

  /**
   * Chooses engine and images.
   *
   * @param engine runs the calibration, in fp32
   * @param calibration images like those that the model will see; labels are ignored
   * @param images the most images to use, at least 1; about 1,000 are enough
   * @param threads how many threads share the images, at least 1; results do not depend on it
   * @throws IllegalArgumentException when the number of images is below 1
   */
  public Quantizer(Engine engine, ImageDataset calibration, int images, int threads) {
    if (images < 1) {
      throw new IllegalArgumentException(
          "calibration needs at least 1 image, but was given " + images);
    }
    this.engine = engine;
    this.calibration = calibration;
    this.threads = threads;
    this.images = Math.min(images, calibration.size());
  }

  /**
   * Returns a quantized model: the same network with weights rounded to numbers that 8-bit integers
   * represent, and with the scales and zero points that computing in integers needs. A BatchNorm2d
   * that follows a Conv2d is part of that convolution then, and the network has no such layer.
   *
   * @param model a model that is not quantized
   * @return the quantized model; the argument is unchanged
   * @throws IllegalArgumentException when the model is quantized already, when it has no layer to
   *     quantize, or when a layer adds more products than fit into 32 bits
   */
  public Model quantize(Model model) {
    requireQuantizable(model);
    return quantizeFolded(folded(model));
  }

  private static void requireQuantizable(Model model) {
    if (model.quantization() != null) {
      throw new IllegalArgumentException(
          "the model is quantized already; take the one that it was made from");
    }
    if (Quantization.quantizable(model.network()).isEmpty()) {
      throw new IllegalArgumentException(
          "network '"
              + model.network().name()
              + "' has no Conv2d and no Linear, and so nothing to quantize");
    }
  }

  private static Model folded(Model model) {
    BatchNormFolding folding = BatchNormFolding.of(model.network());
    return new Model(
        folding.network(),
        folding.fold(model.weights()),
        model.classes(),
        model.preprocessing(),
        model.provenance());
  }

  private Model quantizeFolded(Model model) {
    Map<String, ActivationRange> ranges = ranges(model);
    Map<String, QuantizedLayer> layers = new HashMap<>();
    Weights rounded = model.weights().copy();
    for (PlacedLayer placed : Quantization.quantizable(model.network())) {
      QuantizationParameters input = ranges.get(placed.path()).best();
      float[] weights = rounded.values(placed.parameter(Role.WEIGHT).name());
      int outputs = placed.parameter(Role.WEIGHT).shape().dim(0);
      List<Float> scales = scales(weights, outputs);
      QuantizedLayer layer = new QuantizedLayer(input, scales);
      layer.round(weights);
      layers.put(placed.path(), layer);
    }
    Quantization quantization = new Quantization(layers);
    quantization.requireFits(model.network());
    Map<String, String> provenance = new TreeMap<>(model.provenance());
    provenance.put(
        "quantization", "int8, calibrated on " + images + " images of " + calibration.name());
    return new Model(
        model.network(), rounded, model.classes(), model.preprocessing(), provenance, quantization);
  }

  private static List<Float> scales(float[] weights, int outputs) {
    List<Float> scales = new ArrayList<>();
    int perOutput = weights.length / outputs;
    for (int o = 0; o < outputs; o++) {
      float largest = 0;
      for (int i = o * perOutput; i < (o + 1) * perOutput; i++) {
        largest = Math.max(largest, Math.abs(weights[i]));
      }
      float scale = largest / QuantizedLayer.LARGEST_WEIGHT;
      scales.add(scale < Float.MIN_NORMAL ? 1 : scale); // 1 where all are zero
    }
    return scales;
  }

  /** Of what each layer with integers is given, by its path. */
  private Map<String, ActivationRange> ranges(Model model) {
    try (Calibration calibration =
        new Calibration(engine, model, this.calibration, images, threads)) {
      return calibration.ranges();
    }
  }
}
