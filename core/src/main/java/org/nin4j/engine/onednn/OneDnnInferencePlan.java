package org.nin4j.engine.onednn;

import java.util.Arrays;
import java.util.function.IntFunction;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanArguments;
import org.nin4j.engine.PlanState;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.Weights;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;
import org.nin4j.nn.Network;

/** Forward pass only; the weights are kept in the layouts that the primitives chose. */
final class OneDnnInferencePlan implements InferencePlan {
  private final PrimitiveVerifier verifier;
  private final Network network;
  private final Precision precision;
  private final Quantization quantization;
  private final PlanArguments arguments;
  private final PlanState state = new PlanState();
  private final Programs programs;
  private final IntFunction<Compiled> compiler = this::compile;
  private final ParameterBlock weights;
  private final int perImage;
  private final int classes;
  private Program loaded;
  private boolean finiteWeights;

  OneDnnInferencePlan(
      PrimitiveVerifier verifier,
      Network network,
      int batch,
      Precision precision,
      Quantization quantization) {
    this.verifier = verifier;
    this.network = network;
    this.precision = precision;
    this.quantization = quantization;
    arguments = new PlanArguments(network, batch);
    perImage = Math.toIntExact(network.input().elements());
    classes = network.classes();
    programs = new Programs();
    try {
      weights = programs.own(new ParameterBlock(network.parameters()));
      programs.forBatch(batch, compiler);
    } catch (RuntimeException e) {
      programs.close();
      throw e;
    }
  }

  private Compiled compile(int batch) {
    return Compiled.compile(
        programs.engine(), verifier, network, batch, precision, quantization, weights, null, false);
  }

  @Override
  public synchronized void load(Weights source) {
    state.requireOpen();
    arguments.checkWeights(source);
    weights.write(source);
    finiteWeights = FiniteNumbers.in(source);
    loaded = null;
    state.setLoaded();
  }

  @Override
  public synchronized void run(float[] images, int count, float[] logits) {
    state.requireLoaded();
    arguments.checkRun(images, count, logits);
    Compiled compiled = programs.forBatch(count, compiler);
    if (loaded != compiled.program()) {
      programs.run(compiled, Phase.LOAD);
      loaded = compiled.program();
    }
    compiled.images().write(images);
    programs.run(compiled, Phase.FORWARD);
    compiled.logits().read(logits);
    if (finiteWeights) {
      FiniteNumbers.mark(images, perImage, count, logits, classes);
    } else {
      Arrays.fill(logits, 0, count * classes, Float.NaN);
    }
  }

  @Override
  public synchronized void close() {
    if (state.close()) {
      programs.close();
    }
  }
}
