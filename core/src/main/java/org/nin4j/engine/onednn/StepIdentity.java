package org.nin4j.engine.onednn;

import org.nin4j.engine.StepProfile;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.nn.PlacedLayer;

/**
 * What a step of a program is for; the lowering says it, and messages and profiles tell it.
 *
 * @param layer PyTorch's path of the layer that it belongs to: {@code 2.0}; empty without one
 * @param kind of that layer: {@code Conv2d}; empty without one
 * @param pass that it is a part of
 * @param tensor that is brought into another layout or type; empty for a step that computes
 */
record StepIdentity(String layer, String kind, Pass pass, String tensor) {
  /** A step that computes a layer. */
  static StepIdentity of(PlacedLayer placed, Pass pass) {
    return new StepIdentity(placed.path(), placed.layer().kind(), pass, "");
  }

  /** A reorder of a tensor that belongs to no layer. */
  static StepIdentity ofTensor(Pass pass, String tensor) {
    return new StepIdentity("", "", pass, tensor);
  }

  /** The reorder of a tensor for this step. */
  StepIdentity reorderOf(String newTensor) {
    return new StepIdentity(layer, kind, pass, newTensor);
  }

  /** What the step has taken. */
  StepProfile profile(String implementation, long runs, long nanoseconds) {
    return new StepProfile(layer, kind, pass, tensor, implementation, runs, nanoseconds);
  }

  /** {@code 2.0 Conv2d backward data}, for messages. */
  String name() {
    return profile("", 0, 0).name();
  }
}
