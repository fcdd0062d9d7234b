package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_f32;

import java.util.List;
import org.bytedeco.dnnl.dnnl_engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
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
 * @param logitsGradient (N, classes); Java writes it between the passes; null in inference
 * @param imagesGradient (N, C, H, W); Java reads it after the backward pass; null when not asked
 *     for
 */
record Compiled(
    Program program,
    Value images,
    Value logits,
    Value logitsGradient,
    Value imagesGradient,
    List<Mask> masks,
    List<BatchStatistics> statistics)
    implements AutoCloseable {

  /**
   * Lowers the forward pass and, when there is a block for gradients, the backward pass.
   *
   * @param verifier sees to it that the primitives compute what they should
   * @param quantization what the precision int8 needs; else null
   * @param gradients null for inference
   */
  static Compiled compile(
      dnnl_engine engine,
      PrimitiveVerifier verifier,
      Network network,
      int batch,
      Precision precision,
      Quantization quantization,
      ParameterBlock weights,
      ParameterBlock gradients,
      boolean inputGradient) {
    try (ProgramBuilder builder = new ProgramBuilder(engine, verifier)) {
      LoweringContext context =
          new LoweringContext(builder, precision, quantization, weights, gradients, inputGradient);
      Dnnl dnnl = builder.dnnl();
      Shape input = network.input().withBatch(batch);
      Value images = builder.pin(builder.value(dnnl.plain(dnnl_f32, Dnnl.dims(input))));
      Value last = NetworkLowering.forward(context, network.layers(), images, input);
      long[] logitsDims = {batch, network.classes()};
      Value logits = builder.pin(builder.value(dnnl.plain(dnnl_f32, logitsDims)));
      builder.reorder(last, logits, "logits");
      Value logitsGradient = null;
      Value imagesGradient = null;
      if (context.training()) {
        builder.enter(Phase.BACKWARD);
        logitsGradient = builder.pin(builder.value(dnnl.plain(dnnl_f32, logitsDims)));
        Value diff = context.backward(logitsGradient);
        if (inputGradient) {
          imagesGradient = builder.pin(builder.value(dnnl.plain(dnnl_f32, Dnnl.dims(input))));
          builder.reorder(diff, imagesGradient, "input gradient");
        }
      }
      return new Compiled(
          builder.build(),
          images,
          logits,
          logitsGradient,
          imagesGradient,
          List.copyOf(context.masks()),
          List.copyOf(context.statistics()));
    } finally {
      verifier.endOfPlan();
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
