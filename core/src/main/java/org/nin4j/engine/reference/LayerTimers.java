package org.nin4j.engine.reference;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.internal.StepTimer;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;

/** What each layer takes on the way forward and back. */
final class LayerTimers {
  private static final String IMPLEMENTATION = "java";

  private final List<PlacedLayer> layers;
  private final List<StepTimer> forward = new ArrayList<>();
  private final List<StepTimer> backwardWeights = new ArrayList<>();
  private final List<StepTimer> backwardData = new ArrayList<>();

  LayerTimers(Network network) {
    layers = network.layers().leaves();
    for (int i = 0; i < layers.size(); i++) {
      forward.add(new StepTimer());
      backwardWeights.add(new StepTimer());
      backwardData.add(new StepTimer());
    }
  }

  StepTimer forward(int layer) {
    return forward.get(layer);
  }

  StepTimer backwardWeights(int layer) {
    return backwardWeights.get(layer);
  }

  StepTimer backwardData(int layer) {
    return backwardData.get(layer);
  }

  /** The steps in the order in which they run. */
  List<StepProfile> profile(BackwardExtent extent) {
    List<StepProfile> steps = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      steps.add(step(i, Pass.FORWARD, forward.get(i)));
    }
    for (int i = layers.size() - 1; i >= 0; i--) {
      if (extent.hasWeights(i)) {
        steps.add(step(i, Pass.BACKWARD_WEIGHTS, backwardWeights.get(i)));
      }
      if (extent.hasData(i)) {
        boolean weighted = !layers.get(i).layer().parameters().isEmpty();
        Pass pass = weighted ? Pass.BACKWARD_DATA : Pass.BACKWARD;
        steps.add(step(i, pass, backwardData.get(i)));
      }
    }
    return List.copyOf(steps);
  }

  private StepProfile step(int i, Pass pass, StepTimer timer) {
    PlacedLayer placed = layers.get(i);
    return new StepProfile(
        placed.path(),
        placed.layer().kind(),
        pass,
        "",
        IMPLEMENTATION,
        timer.runs(),
        timer.nanoseconds());
  }
}
