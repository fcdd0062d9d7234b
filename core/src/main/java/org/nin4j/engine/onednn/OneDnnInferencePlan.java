package org.nin4j.engine.onednn;

import java.util.Arrays;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.engine.internal.PlanState;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;

/** Forward pass only, always of a full batch: what is missing is filled up with zeros. */
final class OneDnnInferencePlan implements InferencePlan {
  private final ThreadSetting threads;
  private final OneDnnWeights weights;
  private final PlanSpec spec;
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final ProgramCache programs;
  private final CompiledNetwork compiled;
  private final int perImage;
  private final int classes;

  OneDnnInferencePlan(ThreadSetting threads, PlanSpec spec, OneDnnWeights weights) {
    this.threads = threads;
    this.spec = spec;
    this.weights = weights;
    arguments = new PlanArguments(spec);
    perImage = Math.toIntExact(spec.network().input().elements());
    classes = spec.network().classes();
    weights.retain();
    programs = new ProgramCache();
    try {
      compiled = threads.with(() -> programs.forBatch(spec.batch(), this::compile));
    } catch (RuntimeException e) {
      programs.close();
      weights.release();
      throw e;
    }
  }

  private CompiledNetwork compile(int batch) {
    return CompiledNetwork.compile(
        programs.engine(), threads.verifier(), spec, batch, weights, null);
  }

  @Override
  public synchronized void run(
      float[] images, int offset, int count, float[] logits, int logitsOffset) {
    state.requireOpen();
    boolean finiteWeights = weights.requireLoaded();
    arguments.checkRun(images, offset, count, logits, logitsOffset);
    state.beginForward();
    compiled.images().write(images, offset, count * perImage);
    compiled.images().clear(count * perImage);
    int before = threads.enter();
    try {
      programs.run(compiled, Phase.FORWARD);
    } finally {
      threads.leave(before);
    }
    compiled.logits().read(logits, logitsOffset, count * classes);
    if (finiteWeights) {
      FiniteNumbers.mark(images, offset, perImage, count, logits, logitsOffset, classes);
    } else {
      Arrays.fill(logits, logitsOffset, logitsOffset + count * classes, Float.NaN);
    }
    state.endForward(count);
  }

  @Override
  public synchronized void output(int index, float[] target) {
    int count = state.requireRun();
    arguments.checkOutput(count, index, target);
    Tensor output = compiled.outputs().get(index);
    output.read(target, 0, output.size() / spec.batch() * count);
  }

  @Override
  public synchronized long bytes() {
    state.requireOpen();
    return programs.bytes();
  }

  @Override
  public synchronized void close() {
    if (state.close()) {
      programs.close();
      weights.release();
    }
  }
}
