package org.nin4j.interchange.caffe;

/** The order in which a network of Caffe takes the channels of an image. */
enum ChannelOrder {
  /** Blue, green, red: that of Caffe's tools, which read images by OpenCV. */
  BGR,
  /** Red, green, blue: that of CIFAR's files, which Caffe's converter keeps. */
  RGB;

  /** Index in Caffe's arrays of the channel that has an index in ours. */
  int stored(int channel, int channels) {
    return this == BGR ? channels - 1 - channel : channel;
  }

  /**
   * Makes weights of channels in this order such of red, green, blue.
   *
   * @param weights (outputs, channels, elements), changed in place
   * @param elements number of weights of one output and channel
   */
  void toRgb(float[] weights, int channels, int elements) {
    if (this == RGB) {
      return;
    }
    int last = channels - 1;
    for (int start = 0; start < weights.length; start += channels * elements) {
      for (int c = 0; c < channels / 2; c++) {
        for (int i = 0; i < elements; i++) {
          int here = start + c * elements + i;
          int there = start + (last - c) * elements + i;
          float value = weights[here];
          weights[here] = weights[there];
          weights[there] = value;
        }
      }
    }
  }
}
