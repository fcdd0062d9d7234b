package org.nin4j.nn;

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
