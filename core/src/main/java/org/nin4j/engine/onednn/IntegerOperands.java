package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.nin4j.engine.Grid;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.Arithmetic;
import org.nin4j.nn.PlacedLayer;

/**
 * Activations of 8 bits (s8 on a signed grid, else u8) times weights of 8 bits (s8), summed up in
 * 32. What comes out is fp32, or on the next layer's grid.
 */
final class IntegerOperands implements Operands {
  private final LoweringContext context;
  private final ProgramBuilder builder;
  private final Grid srcGrid;
  private final Grid dstGrid;
  private final List<Float> weightScales;

  /**
   * @param dstGrid null for fp32
   */
  IntegerOperands(LoweringContext context, QuantizedLayer layer, Grid dstGrid) {
    this.context = context;
    this.dstGrid = dstGrid;
    builder = context.builder();
    srcGrid = layer.input();
    weightScales = layer.weightScales();
  }

  @Override
  public int srcType() {
    return type(srcGrid);
  }

  private static int type(Grid grid) {
    return grid.isSigned() ? dnnl_s8 : dnnl_u8;
  }

  @Override
  public int weightsType() {
    return dnnl_s8;
  }

  @Override
  public int dstType() {
    return dstGrid == null ? dnnl_f32 : type(dstGrid);
  }

  @Override
  public Arithmetic arithmetic() {
    return new Arithmetic(true, srcGrid.isSigned(), dstGrid != null);
  }

  /** Unsigned integers have no negative numbers either. */
  @Override
  public boolean clamps() {
    return dstGrid != null && !dstGrid.isSigned();
  }

  @Override
  public dnnl_primitive_attr attributes(boolean withReLU) {
    dnnl_primitive_attr attr = context.dnnl().attributes(withReLU);
    Dnnl.scaled(attr, DNNL_ARG_WEIGHTS, Dnnl.BY_FIRST_EXTENT);
    Dnnl.scaled(attr, DNNL_ARG_SRC, 0);
    if (dstGrid != null) {
      Dnnl.scaled(attr, DNNL_ARG_DST, 0);
    }
    return attr;
  }

  /** From the grid, where the layer before has put it there, or from real numbers. */
  @Override
  public Value src(dnnl_memory_desc md, Value input, StepIdentity step) {
    if (input.grid() != null) {
      return builder.as(md, input, step.reorderOf("src"));
    }
    Value src = builder.value(md, srcGrid);
    dnnl_primitive_attr attr = context.dnnl().attributes(false);
    Dnnl.scaled(attr, DNNL_ARG_TO, 0);
    builder.reorder(
        input, src, step.reorderOf("src"), 1, attr, List.of(scale(DNNL_ARG_TO, srcGrid)));
    return src;
  }

  /** Divided by their scales and rounded. */
  @Override
  public Value weights(PlacedLayer placed, dnnl_memory_desc md, StepIdentity step) {
    return context.weights(
        placed,
        md,
        weightScales,
        (conversion, plain, integers) -> {
          dnnl_primitive_attr attr = conversion.dnnl().attributes(false);
          Dnnl.scaled(attr, DNNL_ARG_TO, Dnnl.BY_FIRST_EXTENT);
          Value scales = constant(conversion, weightScales);
          conversion.reorder(
              plain,
              integers,
              step.reorderOf("weights"),
              weightScales.size(),
              attr,
              List.of(scales(DNNL_ARG_TO, scales)));
        });
  }

  private static Value constant(ProgramBuilder program, List<Float> numbers) {
    float[] values = new float[numbers.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = numbers.get(i);
    }
    return program.constant(values, values.length);
  }

  @Override
  public Value dst(dnnl_memory_desc md) {
    return builder.value(md, dstGrid);
  }

  @Override
  public void complete(List<Argument> arguments) {
    arguments.add(scales(DNNL_ARG_WEIGHTS, constant(builder, weightScales)));
    arguments.add(scale(DNNL_ARG_SRC, srcGrid));
    if (dstGrid != null) {
      arguments.add(scale(DNNL_ARG_DST, dstGrid));
    }
  }

  private Argument scale(int role, Grid grid) {
    return scales(role, builder.constant(new float[] {grid.scale()}, 1));
  }

  private static Argument scales(int role, Value values) {
    return new Argument(DNNL_ARG_ATTR_SCALES | role, values);
  }
}
