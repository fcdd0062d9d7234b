package org.nin4j.interchange.caffe;

import java.util.Locale;

/** Writes definitions of networks in either form of Caffe's. */
final class CaffeText {
  /** Whether layers are of the form of 2013. */
  private final boolean old;

  private final StringBuilder text = new StringBuilder();
  private String blob = "data";

  CaffeText(String name, boolean old) {
    this.old = old;
    text.append("name: \"").append(name).append("\"  # a network\n");
  }

  /** Anything. */
  CaffeText raw(String lines) {
    text.append(lines).append('\n');
    return this;
  }

  CaffeText input(int channels, int height, int width) {
    return raw(
        "input: \"data\"\ninput_dim: 10\ninput_dim: "
            + channels
            + "\ninput_dim: "
            + height
            + "\ninput_dim: "
            + width);
  }

  /** Data layers for both phases. */
  CaffeText data(String transform) {
    for (String phase : new String[] {"TRAIN", "TEST"}) {
      layer(
          "data",
          "Data",
          null,
          "top: \"data\" top: \"label\" data_param { source: \"/data/lmdb\" backend: LMDB"
              + " batch_size: 64 } include: { phase: "
              + phase
              + " } transform_param { mirror: true "
              + transform
              + " }");
    }
    return this;
  }

  CaffeText conv(String name, int outputs, int kernel, int stride, int pad) {
    return layer(
        name,
        "Convolution",
        name,
        "convolution_param { num_output: "
            + outputs
            + " kernel_size: "
            + kernel
            + (stride == 1 ? "" : " stride: " + stride)
            + (pad == 0 ? "" : " pad: " + pad)
            + " weight_filler { type: \"gaussian\" std: 0.05 } }");
  }

  /** A convolution of one pixel and a ReLU. */
  CaffeText cccp(String name, int outputs) {
    return conv(name, outputs, 1, 1, 0).relu("relu_" + name);
  }

  CaffeText relu(String name) {
    return layer(name, "ReLU", blob, "");
  }

  CaffeText dropout(String name) {
    return layer(name, "Dropout", blob, "dropout_param { dropout_ratio: 0.5 }");
  }

  CaffeText pool(String name, String method, int kernel, int stride) {
    return layer(
        name,
        "Pooling",
        name,
        "pooling_param { pool: "
            + method
            + " kernel_size: "
            + kernel
            + " stride: "
            + stride
            + " }");
  }

  /** The layers that a training ends with. */
  CaffeText loss() {
    String bottoms = " bottom: \"label\" ";
    return layer("accuracy", "Accuracy", "accuracy", bottoms + "include: { phase: TEST }")
        .layer("loss", "SoftmaxWithLoss", "loss", bottoms + "include: { phase: TRAIN }");
  }

  /**
   * A layer that takes what the one before it gives.
   *
   * @param top null where {@code fields} say it
   */
  CaffeText layer(String name, String type, String top, String fields) {
    text.append(old ? "layers {\n" : "layer {\n").append("  name: \"").append(name).append('"');
    text.append("\n  type: ").append(old ? oldType(type) : '"' + type + '"').append('\n');
    boolean side = type.equals("Accuracy") || type.equals("SoftmaxWithLoss");
    if (top != null) {
      text.append("  bottom: \"").append(blob).append("\" top: \"").append(top).append("\"\n");
      blob = side ? blob : top;
    }
    text.append("  ").append(fields).append("\n}\n");
    return this;
  }

  private static String oldType(String type) {
    return switch (type) {
      case "SoftmaxWithLoss" -> "SOFTMAX_LOSS";
      case "InnerProduct" -> "INNER_PRODUCT";
      default -> type.toUpperCase(Locale.ROOT);
    };
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
