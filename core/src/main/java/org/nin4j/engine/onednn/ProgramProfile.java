package org.nin4j.engine.onednn;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;

/** Tells from the name of each step which layer it belongs to: {@code 2.0 Conv2d forward}. */
final class ProgramProfile {
  private static final String REORDER = " reorder";

  private final List<PlacedLayer> layers;
  private final List<StepProfile> steps = new ArrayList<>();

  private ProgramProfile(Network network) {
    layers = network.layers().leaves();
  }

  /** What the steps of both passes have taken since the program was made. */
  static List<StepProfile> of(Program program, Network network) {
    ProgramProfile profile = new ProgramProfile(network);
    program.ops(Phase.FORWARD).forEach(op -> profile.add(op, Pass.FORWARD));
    program.ops(Phase.BACKWARD).forEach(op -> profile.add(op, Pass.BACKWARD));
    return List.copyOf(profile.steps);
  }

  private void add(Op op, Pass pass) {
    String[] words = op.name().split(" ", 3);
    PlacedLayer owner = owner(words);
    String work = owner == null ? op.name() : words.length > 2 ? words[2] : "forward";
    steps.add(
        new StepProfile(
            owner == null ? "" : owner.path(),
            owner == null ? "" : owner.layer().kind(),
            work,
            pass,
            op.name().endsWith(REORDER),
            op.implementation(),
            op.clock().runs(),
            op.clock().nanoseconds()));
  }

  /**
   * The layer with the path and the kind that the name begins with; null without one. A ReLU that
   * rides in the layer before it goes by that layer's path.
   */
  private PlacedLayer owner(String[] words) {
    for (int i = 0; i < layers.size(); i++) {
      if (layers.get(i).path().equals(words[0])) {
        boolean rides = !layers.get(i).layer().kind().equals(words[1]);
        return layers.get(rides ? i + 1 : i);
      }
    }
    return null;
  }
}
