package org.nin4j.engine.reference;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.internal.StepClock;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;

/** What each layer takes on the way forward and back. */
final class LayerClocks {
  private static final String IMPLEMENTATION = "java";

  private final List<PlacedLayer> layers;
  private final List<StepClock> forward = new ArrayList<>();
  private final List<StepClock> backwardWeights = new ArrayList<>();
  private final List<StepClock> backwardData = new ArrayList<>();

  LayerClocks(Network network) {
    layers = network.layers().leaves();
    for (int i = 0; i < layers.size(); i++) {
      forward.add(new StepClock());
      backwardWeights.add(new StepClock());
      backwardData.add(new StepClock());
    }
  }

  StepClock forward(int layer) {
    return forward.get(layer);
  }

  StepClock backwardWeights(int layer) {
    return backwardWeights.get(layer);
  }

  StepClock backwardData(int layer) {
    return backwardData.get(layer);
  }

  /**
   * The steps in the order in which they run.
   *
   * @param inputGradient whether the first layer computes the gradient of the images
   */
  List<StepProfile> profile(boolean inputGradient) {
    List<StepProfile> steps = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      steps.add(step(i, Pass.FORWARD, forward.get(i)));
    }
    for (int i = layers.size() - 1; i >= 0; i--) {
      boolean weighted = !layers.get(i).layer().parameters().isEmpty();
      if (weighted) {
        steps.add(step(i, Pass.BACKWARD_WEIGHTS, backwardWeights.get(i)));
      }
      if (i > 0 || inputGradient) {
        Pass pass = weighted ? Pass.BACKWARD_DATA : Pass.BACKWARD;
        steps.add(step(i, pass, backwardData.get(i)));
      }
    }
    return List.copyOf(steps);
  }

  private StepProfile step(int i, Pass pass, StepClock clock) {
    PlacedLayer placed = layers.get(i);
    return new StepProfile(
        placed.path(),
        placed.layer().kind(),
        pass,
        "",
        IMPLEMENTATION,
        clock.runs(),
        clock.nanoseconds());
  }
}
