package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.MatrixProduct;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * Average pooling over windows that oneDNN's pooling cannot express (of different sizes, or divided
 * by another number): a product of (N*C, H*W) with a constant matrix (H*W, OH*OW) that holds each
 * position's share in each mean.
 */
final class AveragingLowering {
  private final LoweringContext context;
  private final ProgramBuilder builder;
  private final Dnnl dnnl;
  private final PlacedLayer placed;
  private final Shape input;
  private final Shape output;
  private final float[] shares;

  /**
   * @param shares (H*W, OH*OW), row-major
   */
  AveragingLowering(
      LoweringContext context, PlacedLayer placed, Shape input, Shape output, float[] shares) {
    this.context = context;
    this.placed = placed;
    this.input = input;
    this.output = output;
    this.shares = shares;
    builder = context.builder();
    dnnl = context.dnnl();
  }

  Tensor forward(Tensor src) {
    long in = (long) input.height() * input.width();
    long out = (long) output.height() * output.width();
    Tensor matrix = builder.constant(shares, in, out);
    Tensor dst = product(Pass.FORWARD, src, input, matrix, output);
    if (context.mode().hasBackwardPass()) {
      Tensor transposed =
          new Tensor(
              dnnl.strided(dnnl_f32, new long[] {out, in}, new long[] {1, out}), matrix.buffer());
      context.onBackward(diffDst -> product(Pass.BACKWARD, diffDst, output, transposed, input));
    }
    return dst;
  }

  private Tensor product(Pass pass, Tensor from, Shape fromShape, Tensor matrix, Shape toShape) {
    StepIdentity step = StepIdentity.of(placed, pass);
    long rows = (long) fromShape.batch() * fromShape.channels();
    Tensor image =
        builder.as(
            dnnl.plain(dnnl_f32, Dnnl.dims(fromShape)),
            from,
            step.reorderOf(pass == Pass.FORWARD ? "src" : "diffDst"));
    dnnl_memory_desc left =
        dnnl.plain(dnnl_f32, rows, (long) fromShape.height() * fromShape.width());
    dnnl_memory_desc result = dnnl.plain(dnnl_f32, rows, (long) toShape.height() * toShape.width());
    dnnl_primitive_desc pd =
        builder.describe(
            step,
            new MatrixProduct(
                Math.toIntExact(rows),
                fromShape.height() * fromShape.width(),
                toShape.height() * toShape.width()),
            created ->
                dnnl_matmul_primitive_desc_create(
                    created,
                    dnnl.engine(),
                    left,
                    matrix.md(),
                    null,
                    result,
                    dnnl.attributes(false)));
    Tensor dst = builder.tensor(dnnl.plain(dnnl_f32, Dnnl.dims(toShape)));
    builder.add(
        step,
        pd,
        List.of(
            new Argument(DNNL_ARG_SRC, new Tensor(left, image.buffer())),
            new Argument(DNNL_ARG_WEIGHTS, matrix),
            new Argument(DNNL_ARG_DST, new Tensor(result, dst.buffer()))));
    return dst;
  }
}
