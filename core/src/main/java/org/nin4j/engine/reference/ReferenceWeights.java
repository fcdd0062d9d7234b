package org.nin4j.engine.reference;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.error.ClosedException;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Parameter.Role;

/** A copy of the weights, and one rounded to integers for each quantization that a plan has. */
final class ReferenceWeights implements PreparedWeights {
  private final Network network;
  private final List<Parameter> parameters;
  private final Weights values;
  private final Map<Quantization, Weights> rounded = new HashMap<>();
  private final List<Boolean> loaded = new ArrayList<>();
  private boolean closed;

  ReferenceWeights(Network network) {
    this.network = network;
    parameters = network.parameters();
    values = Weights.zeros(network);
    parameters.forEach(parameter -> loaded.add(false));
  }

  Network network() {
    return network;
  }

  /**
   * What a plan reads, from its first run on.
   *
   * @param quantization null for floats
   */
  synchronized Weights valuesFor(Quantization quantization) {
    requireOpen();
    if (quantization == null) {
      return values;
    }
    return rounded.computeIfAbsent(
        quantization,
        key -> {
          Weights copy = values.copy();
          for (int i = 0; i < copy.count(); i++) {
            round(copy, i, quantization);
          }
          return copy;
        });
  }

  @Override
  public void load(Weights source) {
    PlanArguments.checkWeights(network, source);
    for (int i = 0; i < parameters.size(); i++) {
      load(source, i);
    }
  }

  @Override
  public synchronized void load(Weights source, int index) {
    requireOpen();
    PlanArguments.checkWeights(network, parameters.get(index), source, index);
    copy(source, values, index);
    rounded.forEach(
        (quantization, copy) -> {
          copy(source, copy, index);
          round(copy, index, quantization);
        });
    loaded.set(index, true);
  }

  private static void copy(Weights from, Weights to, int index) {
    System.arraycopy(from.values(index), 0, to.values(index), 0, to.values(index).length);
  }

  private void round(Weights copy, int index, Quantization quantization) {
    Parameter parameter = parameters.get(index);
    QuantizedLayer layer = quantization.layer(parameter.layer());
    if (layer != null && parameter.role() == Role.WEIGHT) {
      layer.round(copy.values(index));
    }
  }

  /**
   * For a plan that runs.
   *
   * @throws IllegalStateException when not all parameters have been loaded
   */
  synchronized void requireLoaded() {
    if (loaded.contains(false)) {
      throw new IllegalStateException("the plan has no weights yet; load them first");
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new ClosedException("the weights have been closed; prepare new ones");
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
  }
}
