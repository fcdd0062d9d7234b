package org.nin4j.engine.reference;

import java.util.List;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.engine.internal.PlanState;
import org.nin4j.nn.PlacedLayer;

/** Steps that run one after the other; the output of each is kept until the next run. */
final class ReferenceInferencePlan implements InferencePlan {
  private final PlanSpec spec;
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final ReferenceWeights weights;
  private final Weights values;
  private final List<Integer> sizes;
  private final List<String> paths;
  private List<ForwardStep> steps;
  private float[][] buffers; // the images, then the output of each step: (batch, values)

  ReferenceInferencePlan(PlanSpec spec, ReferenceWeights weights) {
    this.spec = spec;
    this.weights = weights;
    arguments = new PlanArguments(spec);
    values = weights.valuesFor(PlanArguments.integers(spec));
    InferenceLowering lowering =
        new InferenceLowering(spec.network(), spec.batch(), PlanArguments.integers(spec));
    steps = lowering.steps();
    sizes = lowering.sizes();
    paths = spec.network().layers().leaves().stream().map(PlacedLayer::path).toList();
    buffers = new float[sizes.size()][];
    for (int i = 0; i < buffers.length; i++) {
      buffers[i] = new float[Math.multiplyExact(spec.batch(), sizes.get(i))];
    }
  }

  @Override
  public synchronized void run(
      float[] images, int offset, int count, float[] logits, int logitsOffset) {
    state.requireOpen();
    weights.requireLoaded();
    arguments.checkRun(images, offset, count, logits, logitsOffset);
    state.beginForward();
    System.arraycopy(images, offset, buffers[0], 0, count * sizes.get(0));
    for (int i = 0; i < steps.size(); i++) {
      steps.get(i).forward(values, count, buffers[i], buffers[i + 1]);
    }
    int last = steps.size();
    System.arraycopy(buffers[last], 0, logits, logitsOffset, count * sizes.get(last));
    state.endForward(count);
  }

  @Override
  public synchronized void output(int index, float[] target) {
    int count = state.requireRun();
    arguments.checkOutput(count, index, target);
    int step = paths.indexOf(spec.outputs().get(index)) + 1;
    System.arraycopy(buffers[step], 0, target, 0, count * sizes.get(step));
  }

  /** Its memory is Java's. */
  @Override
  public synchronized long bytes() {
    state.requireOpen();
    return 0;
  }

  @Override
  public synchronized void close() {
    if (state.close()) {
      steps = List.of();
      buffers = new float[0][];
    }
  }
}
