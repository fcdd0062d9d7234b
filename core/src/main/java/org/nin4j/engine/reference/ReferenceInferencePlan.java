package org.nin4j.engine.reference;

import java.util.Collections;
import java.util.List;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanArguments;
import org.nin4j.engine.PlanState;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Network;

/** Steps that hand the images on through two buffers in turn. */
final class ReferenceInferencePlan implements InferencePlan {
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final Quantization quantization;
  private final Weights weights;
  private List<ForwardStep> steps;
  private float[][] buffers; // 2 of (batch, values of the largest layer)

  /**
   * @param quantization null for fp32
   */
  ReferenceInferencePlan(Network network, int batch, Quantization quantization) {
    this.quantization = quantization;
    arguments = new PlanArguments(network, batch);
    weights = Weights.zeros(network);
    InferenceLowering lowering = new InferenceLowering(network, batch, quantization);
    steps = lowering.steps();
    buffers = new float[2][Math.multiplyExact(batch, Collections.max(lowering.sizes()))];
  }

  @Override
  public void load(Weights source) {
    state.requireOpen();
    arguments.checkWeights(source);
    for (int i = 0; i < weights.count(); i++) {
      System.arraycopy(source.values(i), 0, weights.values(i), 0, weights.values(i).length);
    }
    if (quantization != null) {
      quantization.layers().forEach((path, layer) -> layer.round(weights.values(path + ".weight")));
    }
    state.setLoaded();
  }

  @Override
  public void run(float[] images, int count, float[] logits) {
    state.requireLoaded();
    arguments.checkRun(images, count, logits);
    float[] src = images;
    for (int i = 0; i < steps.size(); i++) {
      float[] dst = i == steps.size() - 1 ? logits : buffers[i % 2];
      steps.get(i).forward(weights, count, src, dst);
      src = dst;
    }
  }

  @Override
  public void close() {
    if (state.close()) {
      steps = List.of();
      buffers = new float[0][];
    }
  }
}
