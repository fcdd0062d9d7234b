package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.Arithmetic;
import org.nin4j.nn.PlacedLayer;

/**
 * Activations of 8 bits (s8 with a zero point, else u8) times weights of 8 bits (s8), summed up in
 * 32. What comes out is fp32, or the integers that the next layer takes.
 */
final class IntegerOperands implements Operands {
  private final LoweringContext context;
  private final ProgramBuilder builder;
  private final QuantizationParameters srcQuantization;
  private final QuantizationParameters dstQuantization;
  private final List<Float> weightScales;

  /**
   * @param dstQuantization null for fp32
   */
  IntegerOperands(
      LoweringContext context, QuantizedLayer layer, QuantizationParameters dstQuantization) {
    this.context = context;
    this.dstQuantization = dstQuantization;
    builder = context.builder();
    srcQuantization = layer.input();
    weightScales = layer.weightScales();
  }

  @Override
  public int srcType() {
    return type(srcQuantization);
  }

  private static int type(QuantizationParameters quantization) {
    return quantization.isSigned() ? dnnl_s8 : dnnl_u8;
  }

  @Override
  public int weightsType() {
    return dnnl_s8;
  }

  @Override
  public int dstType() {
    return dstQuantization == null ? dnnl_f32 : type(dstQuantization);
  }

  @Override
  public Arithmetic arithmetic() {
    return new Arithmetic(true, srcQuantization.isSigned(), dstQuantization != null);
  }

  /** Unsigned integers have no negative numbers either. */
  @Override
  public boolean clamps() {
    return dstQuantization != null && !dstQuantization.isSigned();
  }

  @Override
  public dnnl_primitive_attr attributes(boolean withReLU) {
    dnnl_primitive_attr attr = context.dnnl().attributes(withReLU);
    Dnnl.scaled(attr, DNNL_ARG_WEIGHTS, Dnnl.BY_FIRST_EXTENT);
    Dnnl.scaled(attr, DNNL_ARG_SRC, 0);
    if (dstQuantization != null) {
      Dnnl.scaled(attr, DNNL_ARG_DST, 0);
    }
    return attr;
  }

  /** As the layer before has quantized it, or quantized here. */
  @Override
  public Tensor src(dnnl_memory_desc md, Tensor input, StepIdentity step) {
    if (input.quantization() != null) {
      return builder.as(md, input, step.reorderOf("src"));
    }
    Tensor src = builder.tensor(md, srcQuantization);
    dnnl_primitive_attr attr = context.dnnl().attributes(false);
    Dnnl.scaled(attr, DNNL_ARG_TO, 0);
    builder.reorder(
        input, src, step.reorderOf("src"), 1, attr, List.of(scale(DNNL_ARG_TO, srcQuantization)));
    return src;
  }

  /** Divided by their scales and rounded. */
  @Override
  public Tensor weights(PlacedLayer placed, dnnl_memory_desc md, StepIdentity step) {
    return context.weights(
        placed,
        md,
        weightScales,
        (conversion, plain, integers) -> {
          dnnl_primitive_attr attr = conversion.dnnl().attributes(false);
          Dnnl.scaled(attr, DNNL_ARG_TO, Dnnl.BY_FIRST_EXTENT);
          Tensor scales = constant(conversion, weightScales);
          conversion.reorder(
              plain,
              integers,
              step.reorderOf("weights"),
              weightScales.size(),
              attr,
              List.of(scales(DNNL_ARG_TO, scales)));
        });
  }

  private static Tensor constant(ProgramBuilder program, List<Float> numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    return program.constant(values, values.length);
  }

  @Override
  public Tensor dst(dnnl_memory_desc md) {
    return builder.tensor(md, dstQuantization);
  }

  @Override
  public void complete(List<Argument> arguments) {
    arguments.add(scales(DNNL_ARG_WEIGHTS, constant(builder, weightScales)));
    arguments.add(scale(DNNL_ARG_SRC, srcQuantization));
    if (dstQuantization != null) {
      arguments.add(scale(DNNL_ARG_DST, dstQuantization));
    }
  }

  private Argument scale(int argument, QuantizationParameters quantization) {
    return scales(argument, builder.constant(new float[] {quantization.scale()}, 1));
  }

  private static Argument scales(int argument, Tensor values) {
    return new Argument(DNNL_ARG_ATTR_SCALES | argument, values);
  }
}
