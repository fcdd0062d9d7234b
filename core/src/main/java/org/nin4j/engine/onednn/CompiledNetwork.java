package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_engine;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.internal.PlanMode;
import org.nin4j.engine.onednn.LoweringContext.BatchStatistics;
import org.nin4j.engine.onednn.LoweringContext.Mask;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;

/**
 * A network compiled for one batch size, and where Java meets it.
 *
 * @param images (N, C, H, W), fp32, row-major; Java writes it
 * @param logits (N, classes), fp32, row-major; Java reads it
 * @param logitsGradient (N, classes); Java writes it between the passes; null without a backward
 *     pass
 * @param imagesGradient (N, C, H, W); Java reads it after the backward pass; null when not asked
 *     for
 * @param outputs of the layers that the specification names, in its order; Java reads them
 */
record CompiledNetwork(
    Program program,
    Tensor images,
    Tensor logits,
    Tensor logitsGradient,
    Tensor imagesGradient,
    List<Mask> masks,
    List<BatchStatistics> statistics,
    List<Tensor> outputs)
    implements AutoCloseable {

  /**
   * Lowers the forward pass and, where the mode has one, the backward pass.
   *
   * @param verifier sees to it that the primitives compute what they should
   * @param batch instead of the specification's
   */
  static CompiledNetwork compile(
      dnnl_engine engine,
      PrimitiveVerifier verifier,
      PlanSpec spec,
      int batch,
      OneDnnWeights weights,
      PlanMode mode) {
    Network network = spec.network();
    try (ProgramBuilder builder = new ProgramBuilder(engine, verifier)) {
      LoweringContext context = new LoweringContext(builder, spec, weights, mode);
      Dnnl dnnl = builder.dnnl();
      Shape input = network.input().withBatch(batch);
      Tensor images = builder.pin(builder.tensor(dnnl.plain(dnnl_f32, Dnnl.dims(input))));
      Map<String, Tensor> outputs = new LinkedHashMap<>();
      spec.outputs().forEach(path -> outputs.put(path, null));
      Tensor last = NetworkLowering.forward(context, network.layers(), images, input, outputs);
      long[] logitsDims = {batch, network.classes()};
      Tensor logits = builder.pin(builder.tensor(dnnl.plain(dnnl_f32, logitsDims)));
      builder.reorder(last, logits, StepIdentity.ofTensor(Pass.FORWARD, "logits"));
      Tensor logitsGradient = null;
      Tensor imagesGradient = null;
      if (mode.hasBackwardPass()) {
        builder.enter(Phase.BACKWARD);
        logitsGradient = builder.pin(builder.tensor(dnnl.plain(dnnl_f32, logitsDims)));
        Tensor diff = context.backward(logitsGradient);
        if (mode.hasInputGradient()) {
          imagesGradient = builder.pin(builder.tensor(dnnl.plain(dnnl_f32, Dnnl.dims(input))));
          builder.reorder(
              diff, imagesGradient, StepIdentity.ofTensor(Pass.BACKWARD, "input gradient"));
        }
      }
      return new CompiledNetwork(
          builder.build(),
          images,
          logits,
          logitsGradient,
          imagesGradient,
          List.copyOf(context.masks()),
          List.copyOf(context.statistics()),
          List.copyOf(outputs.values()));
    } finally {
      verifier.endOfPlan();
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
