package org.nin4j.nn;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The end of a network, which depends on the classes. In a network of blocks it is the last block,
 * such as the last NinBlock. In a flat network it is all layers with as many outputs as there are
 * classes, from the end back to the first layer that has another number.
 *
 * @param begin index in {@link Sequential#leaves()} of the first layer of the head
 * @param firstOfClasses index of the first layer from which on all layers have as many outputs as
 *     there are classes
 */
record Head(int begin, int firstOfClasses) {

  /**
   * Finds the head of a network.
   *
   * @throws IllegalArgumentException when the network has no parameters
   */
  static Head of(Network network) {
    List<String> blocks = network.blocks();
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          "network '" + network.name() + "' has no parameters that could be trained");
    }
    String last = blocks.get(blocks.size() - 1);
    List<PlacedLayer> leaves = network.layers().leaves();
    List<PlacedLayer> block = leaves.stream().filter(leaf -> isIn(last, leaf)).toList();
    int begin = leaves.indexOf(block.get(0));
    int sameOutputs = beginOfSameOutputs(network);
    return block.size() > 1 && block.stream().anyMatch(Head::setsChannels)
        ? new Head(begin, Math.max(begin, sameOutputs))
        : new Head(Math.min(begin, sameOutputs), sameOutputs);
  }

  private static boolean isIn(String block, PlacedLayer leaf) {
    return (leaf.path() + ".").startsWith(block + ".");
  }

  private static boolean setsChannels(PlacedLayer leaf) {
    return leaf.layer() instanceof Conv2d || leaf.layer() instanceof Linear;
  }

  /** Walks back from the end while the outputs have as many channels as there are classes. */
  private static int beginOfSameOutputs(Network network) {
    int[] channels = network.outputShapes().stream().mapToInt(Shape::channels).toArray();
    int classes = network.classes();
    return IntStream.iterate(channels.length - 1, i -> i >= 0, i -> i - 1)
        .filter(i -> channels[i] != classes)
        .map(i -> i + 1)
        .findFirst()
        .orElse(0);
  }

  /** Returns the layers of the head, of all layers of the network. */
  List<PlacedLayer> of(List<PlacedLayer> leaves) {
    return leaves.subList(begin, leaves.size());
  }
}
