package org.nin4j.nn;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A classifier: layers, and the images that it takes.
 *
 * @param name a preset's name, or one of the user's own
 * @param input (1, C, H, W): the channels and size of the images that it is meant for
 * @param layers from the image to the logits (N, classes)
 */
public record Network(String name, Shape input, Sequential layers) {
  private static final int LARGEST_SIZE_TRIED = 1024;

  /**
   * Checks that the layers run on the input and end in logits.
   *
   * @param name a preset's name, or one of the user's own
   * @param input (1, C, H, W): the channels and size of the images that it is meant for
   * @param layers from the image to the logits (N, classes)
   * @throws ShapeException when the layers cannot run on the input, with the layer, what it got and
   *     the smallest input that would do; or when what comes out is not (1, classes) with at least
   *     2 classes
   */
  public Network {
    if (input.rank() != 4 || input.batch() != 1) {
      throw new ShapeException(
          "the input of a network must be 1xCxHxW (one image), but is " + input);
    }
    Shape output;
    try {
      output = layers.outputShape(input);
    } catch (ShapeException e) {
      throw new ShapeException(
          "network '"
              + name
              + "' with input "
              + input
              + ": "
              + e.getMessage()
              + remedy(input, layers),
          e);
    }
    if (output.rank() != 2 || output.channels() < 2) {
      throw new ShapeException(
          "network '"
              + name
              + "' must end in logits (N, classes) with at least 2 classes, but ends in "
              + output
              + "; end it with AdaptiveAvgPool2d and Flatten");
    }
  }

  private static String remedy(Shape input, Sequential layers) {
    return IntStream.rangeClosed(1, LARGEST_SIZE_TRIED)
        .mapToObj(size -> Shape.of(1, input.channels(), size, size))
        .filter(candidate -> canRun(layers, candidate))
        .findFirst()
        .map(smallest -> "; the smallest input that would do is " + smallest)
        .orElse("");
  }

  private static boolean canRun(Sequential layers, Shape input) {
    try {
      return layers.outputShape(input).rank() == 2;
    } catch (ShapeException e) {
      return false;
    }
  }

  /** {@return the number of classes that the network distinguishes} */
  public int classes() {
    return layers.outputShape(input).channels();
  }

  /**
   * Returns a network of the same layers for images of another size.
   *
   * @param height rows of the images, at least 1
   * @param width columns of the images, at least 1
   * @return the network for that size
   * @throws ShapeException when the layers cannot run on them
   */
  public Network withInputSize(int height, int width) {
    return new Network(name, Shape.of(1, input.channels(), height, width), layers);
  }

  /** {@return all parameters and buffers in PyTorch's order, under their full names} */
  public List<Parameter> parameters() {
    return layers.parameters();
  }

  /**
   * Returns the index in {@link #parameters} of the parameter or buffer with the given name.
   *
   * @param name the full name, such as {@code 2.0.weight}
   * @return the index, from 0
   * @throws IllegalArgumentException when there is none
   */
  public int parameterIndex(String name) {
    List<Parameter> all = parameters();
    for (int i = 0; i < all.size(); i++) {
      if (all.get(i).name().equals(name)) {
        return i;
      }
    }
    throw new IllegalArgumentException("no parameter is called '" + name + "'");
  }

  /** {@return the number of trained values; buffers are not counted} */
  public long parameterCount() {
    return parameters().stream().filter(Parameter::trainable).mapToLong(Parameter::size).sum();
  }
}
