package org.nin4j.engine.reference;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.nn.Layer;
import org.nin4j.nn.LayerVisitor;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * Turns the layers of a network into a list of steps. A visit adds the layer's step and returns the
 * shape that comes out of it.
 *
 * @param <S> kind of steps
 */
abstract class Lowering<S extends ForwardStep> implements LayerVisitor<Shape> {
  private final List<S> steps = new ArrayList<>();
  private final List<Integer> sizes = new ArrayList<>();
  private final int batch;
  private Shape shape;
  private int first; // index of the parameters of the layer being visited

  Lowering(Network network, int batch) {
    this.batch = batch;
    this.shape = network.input().withBatch(batch);
    sizes.add(valuesOfImage());
  }

  /** In the order in which they run. */
  final List<S> steps() {
    return steps;
  }

  /** Number of values of one image: first of the input, then of each step's output. */
  final List<Integer> sizes() {
    return sizes;
  }

  final int batch() {
    return batch;
  }

  /** What the layer being visited takes in, with the plan's batch size. */
  final Shape in() {
    return shape;
  }

  /** Where the arrays of the layer being visited are. */
  final LayerParameters parametersOf(Layer layer) {
    return new LayerParameters(layer, first);
  }

  /** Number of values of one image that the layer being visited takes in. */
  final int valuesOfImage() {
    return Math.toIntExact(shape.elements()) / batch;
  }

  final Shape add(Layer layer, S step) {
    steps.add(step);
    first += layer.parameters().size();
    shape = layer.outputShape(shape);
    sizes.add(valuesOfImage());
    return shape;
  }

  @Override
  public final Shape visit(Sequential layer) {
    layer.layers().forEach(each -> each.accept(this));
    return shape;
  }
}
