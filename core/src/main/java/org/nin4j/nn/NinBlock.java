package org.nin4j.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * The block of Network in Network (Lin, Chen and Yan, 2013, section 3.1): a convolution followed by
 * two 1x1 convolutions, which connect all channels at every pixel, each with a ReLU.
 */
public final class NinBlock {
  private NinBlock() {}

  /**
   * Builds the block of <i>Dive into Deep Learning</i> 7.3: all three convolutions have {@code out}
   * channels.
   *
   * @param in input channels, at least 1
   * @param out output channels of each convolution, at least 1
   * @param kernel side of the first convolution's window in pixels
   * @param stride stride of the first convolution in pixels
   * @param padding padding of the first convolution in pixels, on each side
   * @return the six layers: three convolutions, each with a ReLU
   * @throws IllegalArgumentException when a number is out of range
   */
  public static Sequential of(int in, int out, int kernel, int stride, int padding) {
    return of(in, out, out, out, kernel, stride, padding);
  }

  /**
   * Builds the authors' block: {@code first} channels out of the convolution, {@code second} and
   * {@code third} of the 1x1 ones.
   *
   * @param in input channels, at least 1
   * @param first output channels of the first convolution, at least 1
   * @param second output channels of the first 1x1 convolution, at least 1
   * @param third output channels of the block, at least 1
   * @param kernel side of the first convolution's window in pixels
   * @param stride stride of the first convolution in pixels
   * @param padding padding of the first convolution in pixels, on each side
   * @return the six layers: three convolutions, each with a ReLU
   * @throws IllegalArgumentException when a number is out of range
   */
  public static Sequential of(
      int in, int first, int second, int third, int kernel, int stride, int padding) {
    return of(in, first, second, third, Size2d.of(kernel), Size2d.of(stride), Size2d.of(padding));
  }

  /**
   * Builds the authors' block with a BatchNorm2d between each convolution and its ReLU. These
   * convolutions have no bias, because BatchNorm2d would subtract it.
   *
   * @param in input channels, at least 1
   * @param first output channels of the first convolution, at least 1
   * @param second output channels of the first 1x1 convolution, at least 1
   * @param third output channels of the block, at least 1
   * @param kernel side of the first convolution's window in pixels
   * @param stride stride of the first convolution in pixels
   * @param padding padding of the first convolution in pixels, on each side
   * @return nine layers: three convolutions, each with a BatchNorm2d and a ReLU
   * @throws IllegalArgumentException when a number is out of range
   */
  public static Sequential batchNorm(
      int in, int first, int second, int third, int kernel, int stride, int padding) {
    List<Layer> layers = new ArrayList<>();
    layers.addAll(normalized(in, first, kernel, stride, padding));
    layers.addAll(normalized(first, second, 1, 1, 0));
    layers.addAll(normalized(second, third, 1, 1, 0));
    return new Sequential(layers);
  }

  /**
   * Builds the last block of a network with BatchNorm2d: its last 1x1 convolution is linear, with a
   * bias but without BatchNorm2d and ReLU, so that a class map may be evidence against its class
   * and no map can be closed from the start.
   *
   * @param in input channels, at least 1
   * @param first output channels of the first convolution, at least 1
   * @param second output channels of the first 1x1 convolution, at least 1
   * @param classes output channels of the block, one for each class
   * @param kernel side of the first convolution's window in pixels
   * @param stride stride of the first convolution in pixels
   * @param padding padding of the first convolution in pixels, on each side
   * @return seven layers: three convolutions, of which two have a BatchNorm2d and a ReLU
   * @throws IllegalArgumentException when a number is out of range
   */
  public static Sequential batchNormHead(
      int in, int first, int second, int classes, int kernel, int stride, int padding) {
    List<Layer> layers = new ArrayList<>();
    layers.addAll(normalized(in, first, kernel, stride, padding));
    layers.addAll(normalized(first, second, 1, 1, 0));
    layers.add(new Conv2d(second, classes, 1));
    return new Sequential(layers);
  }

  /** A block with BatchNorm2d and only one 1x1 convolution. */
  static Sequential batchNorm(int in, int first, int second, int kernel, int stride, int padding) {
    List<Layer> layers = new ArrayList<>();
    layers.addAll(normalized(in, first, kernel, stride, padding));
    layers.addAll(normalized(first, second, 1, 1, 0));
    return new Sequential(layers);
  }

  /** A last block with BatchNorm2d and only one 1x1 convolution, the linear one. */
  static Sequential batchNormHead(
      int in, int first, int classes, int kernel, int stride, int padding) {
    List<Layer> layers = new ArrayList<>();
    layers.addAll(normalized(in, first, kernel, stride, padding));
    layers.add(new Conv2d(first, classes, 1));
    return new Sequential(layers);
  }

  private static List<Layer> normalized(int in, int out, int kernel, int stride, int padding) {
    Conv2d convolution =
        new Conv2d(in, out, Size2d.of(kernel), Size2d.of(stride), Size2d.of(padding), false);
    return List.of(convolution, new BatchNorm2d(out), new ReLU());
  }

  /** The authors' block with a window that need not be square. */
  static Sequential of(
      int in, int first, int second, int third, Size2d kernel, Size2d stride, Size2d padding) {
    return new Sequential(
        new Conv2d(in, first, kernel, stride, padding, true),
        new ReLU(),
        new Conv2d(first, second, 1),
        new ReLU(),
        new Conv2d(second, third, 1),
        new ReLU());
  }
}
