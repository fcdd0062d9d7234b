package org.nin4j.nn;

import java.util.ArrayList;
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

  /**
   * Returns the paths of the blocks that have parameters. These are the layers of the network, as
   * far as they have parameters, or those of a single block which holds all others.
   *
   * @return the paths in the order in which the blocks run, such as {@code 0}, {@code 3} and {@code
   *     6}
   */
  public List<String> blocks() {
    return blocks("", layers);
  }

  private static List<String> blocks(String prefix, Sequential layers) {
    List<Layer> all = layers.layers();
    int[] found =
        IntStream.range(0, all.size()).filter(i -> !all.get(i).parameters().isEmpty()).toArray();
    return found.length == 1 && all.get(found[0]) instanceof Sequential only
        ? blocks(prefix + found[0] + ".", only)
        : IntStream.of(found).mapToObj(i -> prefix + i).toList();
  }

  /**
   * Returns the shapes within the network for one image.
   *
   * @return the shape of the output of each of the {@link Sequential#leaves}, in their order
   */
  public List<Shape> outputShapes() {
    List<Shape> shapes = new ArrayList<>();
    Shape shape = input;
    for (PlacedLayer placed : layers.leaves()) {
      shape = placed.layer().outputShape(shape);
      shapes.add(shape);
    }
    return shapes;
  }

  /**
   * Finds a layer by its path.
   *
   * @param path PyTorch's path of a layer, such as {@code 3.4}, or of a block, whose last layer is
   *     taken then
   * @return its index in the {@link Sequential#leaves}
   * @throws IllegalArgumentException when there is no such layer or block; the message lists the
   *     layers
   */
  public int layerIndex(String path) {
    List<PlacedLayer> leaves = layers.leaves();
    return IntStream.range(0, leaves.size())
        .filter(i -> (leaves.get(i).path() + ".").startsWith(path + "."))
        .reduce((first, second) -> second)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "network '"
                        + name
                        + "' has no layer at '"
                        + path
                        + "'; it has "
                        + String.join(", ", leaves.stream().map(PlacedLayer::path).toList())));
  }

  /**
   * Returns the layers at the end of the network that depend on its classes, its head. In a network
   * of blocks they are the last of the {@link #blocks()}, such as the last NinBlock, and what
   * follows it. In a flat network they are the last layer with parameters and all layers back to
   * the first that has another number of outputs than there are classes.
   *
   * @return the layers in the order in which they run, with their paths
   * @throws IllegalArgumentException when the network has no parameters
   */
  public List<PlacedLayer> head() {
    return Head.of(this).of(layers.leaves());
  }

  /**
   * Returns this network for another number of classes. Going back from the end of the head, layers
   * that have as many outputs as there are classes get the new number of outputs, up to the first
   * that has another number. So all convolutions of the last block change in the network of <i>Dive
   * into Deep Learning</i>, and only the last in those of the authors.
   *
   * @param newClasses the number of classes, at least 2
   * @return the network with that number of classes
   * @throws IllegalArgumentException when there are fewer than 2 classes, or the network has no
   *     layer with parameters that has one output for each class
   */
  public Network withClasses(int newClasses) {
    if (newClasses < 2) {
      throw new IllegalArgumentException(
          "a classifier needs at least 2 classes, but got " + newClasses);
    }
    if (newClasses == classes()) {
      return this;
    }
    ClassChannels rebuilding = new ClassChannels(newClasses, Head.of(this).firstOfClasses());
    Sequential rebuilt = rebuilding.visit(layers);
    if (rebuilt.equals(layers)) {
      throw new IllegalArgumentException(
          "network '"
              + name
              + "' cannot get "
              + newClasses
              + " classes, because its last layer with parameters does not have one output for each"
              + " of its "
              + classes()
              + " classes; train a network of another architecture");
    }
    return new Network(name, input, rebuilt);
  }

  /**
   * Returns the layers from the images up to a layer as a network of their own. Its logits are the
   * output of that layer, flattened to (N, features). Layers and parameters have the same paths as
   * in this network; {@link org.nin4j.engine.Weights#first} returns its weights.
   *
   * @param path PyTorch's path of the last layer, such as {@code 0.2}; not that of a block
   * @return the beginning of this network, with a Flatten behind it where it does not end in (N,
   *     features)
   * @throws IllegalArgumentException when the network has no layer at that path
   * @throws ShapeException when the layer has a single output, which makes no logits
   */
  public Network upTo(String path) {
    return new NetworkCut(this, path).before();
  }

  /**
   * Returns the layers behind a layer as a network of their own. Its input is the output of that
   * layer: (1, C, H, W), or (1, features, 1, 1) for a layer with (N, features). Paths begin anew at
   * 0, so that parameters have other names; {@link org.nin4j.engine.Weights#last} returns its
   * weights.
   *
   * @param path PyTorch's path of the layer before the first, such as {@code 0.2}; not that of a
   *     block
   * @return the end of this network, with a Flatten before it where its input is (1, features, 1,
   *     1); behind the last layer that Flatten is all
   * @throws IllegalArgumentException when the network has no layer at that path
   */
  public Network after(String path) {
    return new NetworkCut(this, path).after();
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
