package org.nin4j.quantize;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * The piece of a network from one layer with weights up to the next, as a network of its own: what
 * goes in is what the layer at its beginning is given.
 */
final class Stage implements AutoCloseable {
  private final String path;
  private final InferencePlan plan;
  private final int values;

  private Stage(String path, int values, InferencePlan plan) {
    this.path = path;
    this.values = values;
    this.plan = plan;
  }

  /**
   * Cuts a model before each layer that computes in integers. A piece before the first of these has
   * no path; the last piece is not run.
   */
  static List<Stage> cut(Engine engine, Model model, int batch) {
    List<Stage> stages = new ArrayList<>();
    List<PlacedLayer> piece = new ArrayList<>();
    Shape begin = model.network().input();
    Shape shape = begin;
    for (PlacedLayer placed : model.network().layers().leaves()) {
      if (Quantization.isQuantizable(placed) && !piece.isEmpty()) {
        stages.add(of(engine, model, batch, piece, begin));
        piece.clear();
        begin = shape;
      }
      piece.add(placed);
      shape = placed.layer().outputShape(shape);
    }
    stages.add(new Stage(pathOf(piece), Math.toIntExact(begin.elements()), null));
    return stages;
  }

  private static Stage of(
      Engine engine, Model model, int batch, List<PlacedLayer> piece, Shape begin) {
    List<Layer> layers = new ArrayList<>();
    Shape input = begin;
    if (begin.rank() == 2) {
      input = Shape.of(1, begin.channels(), 1, 1);
      layers.add(new Flatten());
    }
    piece.forEach(placed -> layers.add(placed.layer()));
    layers.add(new Flatten());
    Network network =
        new Network("a part of " + model.network().name(), input, new Sequential(layers));
    Weights weights = Weights.zeros(network);
    int place = 0;
    for (PlacedLayer placed : piece) {
      for (Parameter parameter : placed.parameters()) {
        float[] values = model.weights().values(parameter.name());
        System.arraycopy(values, 0, weights.values(place++), 0, values.length);
      }
    }
    InferencePlan plan = engine.compileInference(network, batch, Precision.FP32);
    plan.load(weights);
    return new Stage(pathOf(piece), Math.toIntExact(input.elements()), plan);
  }

  private static String pathOf(List<PlacedLayer> piece) {
    return Quantization.isQuantizable(piece.get(0)) ? piece.get(0).path() : null;
  }

  /** Path of the layer whose input goes in here; null where there is none. */
  String path() {
    return path;
  }

  /** How many values of an image go in. */
  int values() {
    return values;
  }

  /**
   * Runs all but the last stage.
   *
   * @param in (count, {@link #values})
   * @param out (count, values of the next stage)
   */
  void run(float[] in, int count, float[] out) {
    plan.run(in, count, out);
  }

  @Override
  public void close() {
    if (plan != null) {
      plan.close();
    }
  }
}
