package org.nin4j.interchange.caffe;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.nin4j.internal.Quoted;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Makes a network of Caffe's layers, one after the other. */
final class NetBuilder {
  /** Layers of trainings, which nothing depends on. */
  private static final Set<String> IGNORED = Set.of("Accuracy", "Silence", "SoftmaxWithLoss");

  private final Shape input;
  private final List<Layer> layers = new ArrayList<>();
  private final List<CaffeLayer> sources = new ArrayList<>();

  /** What the layers so far make of the input. */
  private Shape shape;

  /** The blobs that hold it. */
  private Set<String> blobs;

  /** The softmax at the end, null as long as there is none. */
  private CaffeLayer softmax;

  private NetBuilder(Shape input, String blob) {
    this.input = input;
    shape = input;
    blobs = Set.of(blob);
  }

  /**
   * A network of flat layers, and where each comes from.
   *
   * @param sources for each layer Caffe's; null for a Flatten that Caffe does not need
   */
  record Built(Network network, List<CaffeLayer> sources) {}

  /**
   * Makes a network.
   *
   * @param input (1, C, H, W)
   * @throws IllegalArgumentException when a layer is not supported or cannot run; the message
   *     begins with it
   */
  static Built build(CaffeNet net, String name, Shape input) {
    NetBuilder builder = new NetBuilder(input, net.firstBlob());
    net.layers().forEach(builder::add);
    return builder.end(name);
  }

  private Built end(String name) {
    if (shape.rank() != 2) {
      if (shape.height() != 1 || shape.width() != 1) {
        throw new IllegalArgumentException(
            "ends in maps of "
                + shape.height()
                + "x"
                + shape.width()
                + " pixels, not in one number for each class; NiN4J classifies whole images");
      }
      append(null, Flatten::new);
    }
    return new Built(new Network(name, input, new Sequential(layers)), sources);
  }

  private void add(CaffeLayer layer) {
    if (IGNORED.contains(layer.type())) {
      return;
    }
    requireChain(layer);
    switch (layer.type()) {
      case "Convolution" -> convolution(layer);
      case "InnerProduct" -> innerProduct(layer);
      case "Pooling" -> pooling(layer);
      case "ReLU" -> relu(layer);
      case "Dropout" ->
          append(
              layer,
              () ->
                  new Dropout(
                      layer.parameters().message("dropout_param").real("dropout_ratio", 0.5f)));
      case "Flatten" -> append(layer, Flatten::new);
      case "Softmax" -> softmax = layer;
      case "Split" -> {} // the same blob under several names
      default ->
          throw layer.defect(
              "is not supported; Convolution, ReLU, Pooling, Dropout, InnerProduct, Flatten, and"
                  + " Softmax at the end are");
    }
    blobs = Set.copyOf(layer.tops());
  }

  private void requireChain(CaffeLayer layer) {
    if (softmax != null && !layer.type().equals("Split")) {
      throw layer.defect("comes after " + softmax + ", which is supported at the end only");
    }
    if (layer.bottoms().size() != 1 || !blobs.contains(layer.bottoms().get(0))) {
      throw layer.defect(
          "takes "
              + Quoted.text(String.join(", ", layer.bottoms()))
              + ", but the layer before it gives "
              + Quoted.text(String.join(", ", blobs))
              + "; networks with branches are not supported");
    }
    if (layer.tops().isEmpty() || (layer.tops().size() > 1 && !layer.type().equals("Split"))) {
      throw layer.defect("gives " + layer.tops().size() + " blobs; one is supported");
    }
  }

  private void convolution(CaffeLayer layer) {
    requireMaps(layer);
    CaffeMessage fields = layer.parameters().message("convolution_param");
    LayerFields sizes = new LayerFields(layer, fields);
    sizes.requireOnly("group", 1);
    sizes.requireOnly("dilation", 1);
    sizes.requireOnly("axis", 1);
    int outputs = sizes.size("num_output", 0, 1);
    Size2d kernel = sizes.sides("kernel_size", "kernel", 0, 1);
    Size2d stride = sizes.sides("stride", "stride", 1, 1);
    Size2d padding = sizes.sides("pad", "pad", 0, 0);
    boolean bias = fields.flag("bias_term", true);
    append(layer, () -> new Conv2d(shape.channels(), outputs, kernel, stride, padding, bias));
  }

  private void innerProduct(CaffeLayer layer) {
    CaffeMessage fields = layer.parameters().message("inner_product_param");
    LayerFields sizes = new LayerFields(layer, fields);
    sizes.requireOnly("axis", 1);
    if (fields.flag("transpose", false)) {
      throw layer.defect("has transposed weights, which are not supported");
    }
    int outputs = sizes.size("num_output", 0, 1);
    boolean bias = fields.flag("bias_term", true);
    if (shape.rank() != 2) {
      append(null, Flatten::new);
    }
    append(layer, () -> new Linear(shape.channels(), outputs, bias));
  }

  private void pooling(CaffeLayer layer) {
    requireMaps(layer);
    CaffeMessage fields = layer.parameters().message("pooling_param");
    String method = fields.choice("pool", "MAX");
    if (method.equals("STOCHASTIC")) {
      throw layer.defect("pools stochastically, which is not supported");
    }
    boolean max = method.equals("MAX");
    if (fields.flag("global_pooling", false)) {
      Size2d whole = new Size2d(shape.height(), shape.width());
      append(
          layer,
          () ->
              max
                  ? new MaxPool2d(whole, Size2d.of(1), Size2d.of(0), false)
                  : new AdaptiveAvgPool2d(1));
    } else {
      CaffePooling pooling = CaffePooling.of(layer, fields);
      pooling.requireFits(layer, shape);
      append(layer, () -> pooling.layer(max));
    }
  }

  private void relu(CaffeLayer layer) {
    float slope = layer.parameters().message("relu_param").real("negative_slope", 0);
    if (slope != 0) {
      throw layer.defect("has negative_slope " + slope + "; only 0 is supported");
    }
    append(layer, ReLU::new);
  }

  private void requireMaps(CaffeLayer layer) {
    if (shape.rank() != 4) {
      throw layer.defect("needs maps, but gets " + shape + " from the layers before it");
    }
  }

  /**
   * @param source null for a layer that Caffe does not need
   */
  private void append(CaffeLayer source, Supplier<Layer> maker) {
    try {
      Layer layer = maker.get();
      shape = layer.outputShape(shape);
      layers.add(layer);
      sources.add(source);
    } catch (IllegalArgumentException e) {
      throw source == null ? e : source.defect("cannot be used: " + e.getMessage());
    }
  }
}
