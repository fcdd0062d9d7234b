package org.nin4j.engine.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.nin4j.engine.BatchNormFolding;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Weights;
import org.nin4j.internal.Pool;

/**
 * Inference plans of one specification over weights that all share, for any number of threads: each
 * call takes a plan that is free, compiles one more, or waits. An image's logits are the same bits
 * on every one of them. BatchNorm2d layers are folded into the convolutions before them, unless
 * outputs of layers are kept, or the convolutions compute in integers.
 */
public final class InferenceReplicas implements AutoCloseable {
  private final PlanSpec spec;
  private final UnaryOperator<Weights> folding;
  private final PreparedWeights weights;
  private final Pool<InferencePlan> plans;
  private final int perImage;
  private final int classes;

  /**
   * @param most how many plans there may be at the same time, at least 1; the first is compiled
   *     here, and the others when they are needed
   * @throws EngineException when the engine cannot run the network, or when there is not enough
   *     memory for that many
   */
  public InferenceReplicas(Engine engine, PlanSpec spec, int most) {
    if (most < 1) {
      throw new IllegalArgumentException("there must be at least 1 replica, but got " + most);
    }
    if (spec.precision() == Precision.INT8 || !spec.outputs().isEmpty()) {
      this.spec = spec;
      folding = UnaryOperator.identity();
    } else {
      BatchNormFolding ofNetwork = BatchNormFolding.of(spec.network());
      this.spec =
          PlanSpec.of(ofNetwork.network(), spec.batch(), spec.precision())
              .withThreads(spec.threads());
      folding = ofNetwork::fold;
    }
    perImage = Math.toIntExact(spec.network().input().elements());
    classes = spec.network().classes();
    weights = engine.prepare(this.spec.network());
    plans =
        new Pool<>(
            most,
            "the replicas have been closed; make new ones",
            () -> engine.compileInference(this.spec, weights));
    try {
      use(first -> requireMemory(engine, first.bytes(), most));
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private static void requireMemory(Engine engine, long bytes, int most) {
    if (bytes * (most - 1) > engine.freeMemory()) {
      throw new EngineException(
          most
              + " replicas need "
              + ((bytes * most) >> 20)
              + " MiB of native memory, more than is free; ask for fewer");
    }
  }

  /** Loads weights of the specification's network; must not be called while a plan runs. */
  public void load(Weights source) {
    weights.load(folding.apply(source));
  }

  /**
   * Computes logits on the calling thread, as {@link InferencePlan#run} does, of any number of
   * images.
   *
   * @throws org.nin4j.error.ClosedException when this is closed, or closed while the thread waits
   * @throws java.util.concurrent.CancellationException when the thread is interrupted while it
   *     waits for a plan; it stays marked so
   */
  public void run(float[] images, int offset, int count, float[] logits, int logitsOffset) {
    InferencePlan plan = plans.take();
    try {
      for (int done = 0; done < count; done += spec.batch()) {
        plan.run(
            images,
            offset + done * perImage,
            Math.min(spec.batch(), count - done),
            logits,
            logitsOffset + done * classes);
      }
    } finally {
      plans.give(plan);
    }
  }

  /**
   * Compiles all plans and runs each once, on zeros, so that no image waits for that. Must be
   * called before others use this.
   */
  public void compileAll() {
    float[] zeros = new float[spec.batch() * perImage];
    float[] logits = new float[spec.batch() * classes];
    List<InferencePlan> taken = new ArrayList<>();
    try {
      for (int i = 0; i < plans.most(); i++) {
        InferencePlan plan = plans.take();
        taken.add(plan);
        plan.run(zeros, 0, 1, logits, 0);
      }
    } finally {
      taken.forEach(plans::give);
    }
  }

  /** Runs an action with a plan that no other thread uses meanwhile; waits as {@link #run} does. */
  public void use(Consumer<InferencePlan> action) {
    InferencePlan plan = plans.take();
    try {
      action.accept(plan);
    } finally {
      plans.give(plan);
    }
  }

  /** The largest number of plans. */
  public int count() {
    return plans.most();
  }

  /** Threads that wait get an exception; plans in use are closed when they have run. */
  @Override
  public void close() {
    plans.close();
    weights.close();
  }
}
