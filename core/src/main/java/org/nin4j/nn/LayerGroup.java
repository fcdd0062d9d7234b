package org.nin4j.nn;

/** The kinds of layers between which networks divide their parameters and their work. */
public enum LayerGroup {
  /** Convolutions whose window is larger than one pixel. */
  SPATIAL("k x k convolutions", "conv_kxk"),
  /** Convolutions of one pixel: they connect all channels there, and nothing else. */
  POINTWISE("1x1 convolutions", "conv_1x1"),
  /** Fully connected layers. */
  LINEAR("Linear layers", "linear"),
  /** Batch normalisations. */
  BATCH_NORM("BatchNorm2d layers", "batch_norm"),
  /** Layers without parameters. */
  OTHER("other layers", "other");

  private final String title;
  private final String key;

  LayerGroup(String title, String key) {
    this.title = title;
    this.key = key;
  }

  /** {@return the name of the group for people: {@code 1x1 convolutions}} */
  public String title() {
    return title;
  }

  /** {@return the name of the group for programs: {@code conv_1x1}} */
  public String key() {
    return key;
  }

  static LayerGroup of(Layer layer) {
    if (layer instanceof Conv2d convolution) {
      return convolution.kernel().area() == 1 ? POINTWISE : SPATIAL;
    }
    if (layer instanceof Linear) {
      return LINEAR;
    }
    return layer instanceof BatchNorm2d ? BATCH_NORM : OTHER;
  }
}
