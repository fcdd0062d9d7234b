package org.nin4j.nn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The layers of a network with their output shapes and costs, computed for one batch.
 *
 * @param network the network, with the size of the images in {@code input}
 * @param input (N, C, H, W); work and activations grow with N, parameters do not
 * @param rows blocks and layers in the order in which they run, a block before its layers
 * @param total the sum over all layers
 */
public record Summary(Network network, Shape input, List<Row> rows, Costs total) {

  /**
   * Copies the rows.
   *
   * @param network the network, with the size of the images in {@code input}
   * @param input (N, C, H, W); work and activations grow with N, parameters do not
   * @param rows blocks and layers in the order in which they run, a block before its layers
   * @param total the sum over all layers
   */
  public Summary {
    rows = List.copyOf(rows);
  }

  /**
   * One block or layer.
   *
   * @param path PyTorch's module name: {@code 2.0} is the first layer of the third
   * @param depth 0 for the layers of the network itself, 1 for those in its blocks
   * @param layer a layer, or a {@link Sequential} for a block
   * @param output its output for the summary's input, (N, C, H, W) or (N, C)
   * @param receptiveField the pixels of the input that one output depends on
   * @param costs of the layer; the sum over its layers for a block
   */
  public record Row(
      String path,
      int depth,
      Layer layer,
      Shape output,
      ReceptiveField receptiveField,
      Costs costs) {
    /** Whether this is a Sequential, whose costs are those of the deeper rows that follow. */
    boolean isBlock() {
      return layer instanceof Sequential;
    }

    /** {@return PyTorch's representation of the layer, on one line; for a block, only its kind} */
    public String description() {
      return isBlock() ? layer.kind() : layer.toString();
    }

    /** The kind of work that the layer does. */
    LayerGroup group() {
      return LayerGroup.of(layer);
    }
  }

  /**
   * Computes the costs of one image of the size that the network is meant for.
   *
   * @param network the network
   * @return the rows and their total
   * @throws ShapeException when its costs cannot be counted in 64 bits
   */
  public static Summary of(Network network) {
    return of(network, network.input());
  }

  /**
   * Computes the costs of a batch.
   *
   * @param network the network; its input may have another size than the batch
   * @param batch the shape of the batch, (N, C, H, W)
   * @return the rows and their total
   * @throws ShapeException when the network cannot run on it, or its costs cannot be counted
   */
  public static Summary of(Network network, Shape batch) {
    if (batch.rank() != 4) {
      throw new ShapeException("a batch must be NxCxHxW, but is " + batch);
    }
    Network fitted = new Network(network.name(), batch.withBatch(1), network.layers());
    List<Row> rows = new ArrayList<>();
    try {
      collect(fitted.layers(), "", 0, batch, ReceptiveField.PIXEL, rows);
      return new Summary(fitted, batch, rows, Costs.of(fitted.layers(), batch));
    } catch (ArithmeticException e) {
      throw new ShapeException(
          "the costs of network '"
              + network.name()
              + "' for input "
              + batch
              + " exceed 64 bits; use a smaller batch or image");
    }
  }

  private static void collect(
      Sequential block,
      String prefix,
      int depth,
      Shape input,
      ReceptiveField inputField,
      List<Row> rows) {
    Shape shape = input;
    ReceptiveField field = inputField;
    for (int i = 0; i < block.layers().size(); i++) {
      Layer layer = block.layers().get(i);
      Shape output = layer.outputShape(shape);
      ReceptiveField grown = field.through(layer, shape);
      rows.add(new Row(prefix + i, depth, layer, output, grown, Costs.of(layer, shape)));
      if (layer instanceof Sequential nested) {
        collect(nested, prefix + i + ".", depth + 1, shape, field, rows);
      }
      shape = output;
      field = grown;
    }
  }

  /** {@return the shape of the network's output, (N, classes)} */
  public Shape output() {
    return last().output();
  }

  /** {@return the pixels of the input that the network's output depends on} */
  public ReceptiveField receptiveField() {
    return last().receptiveField();
  }

  private Row last() {
    return rows.stream().filter(row -> row.depth() == 0).reduce((a, b) -> b).orElseThrow();
  }

  /** {@return the rows that are layers, not blocks, in the order in which they run} */
  public List<Row> leaves() {
    return rows.stream().filter(row -> !row.isBlock()).toList();
  }

  /**
   * Returns the layers of one group.
   *
   * @param group the kind of layer
   * @return their rows, in the order in which they run
   */
  public List<Row> leaves(LayerGroup group) {
    return leaves().stream().filter(row -> row.group() == group).toList();
  }

  /**
   * Returns the sum of the costs over the layers of one group.
   *
   * @param group the kind of layer
   * @return the sum; zeros if the network has no such layer
   */
  public Costs costs(LayerGroup group) {
    return leaves(group).stream().map(Row::costs).reduce(Costs.ZERO, Costs::plus);
  }

  /** {@return the layer with the most parameters; the first of several} */
  public Row largest() {
    // max of a stream would take the last of several
    return leaves().stream()
        .sorted(Comparator.comparingLong((Row row) -> row.costs().parameters()).reversed())
        .findFirst()
        .orElseThrow();
  }
}
