package org.nin4j.engine.onednn;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.Arithmetic;
import org.nin4j.nn.PlacedLayer;

/** All of the plan's own floating-point type. */
record FloatOperands(LoweringContext context) implements Operands {
  @Override
  public int srcType() {
    return context.type();
  }

  @Override
  public int weightsType() {
    return context.type();
  }

  @Override
  public int dstType() {
    return context.type();
  }

  @Override
  public Arithmetic arithmetic() {
    return Arithmetic.FLOATS;
  }

  @Override
  public boolean clamps() {
    return false;
  }

  @Override
  public dnnl_primitive_attr attributes(boolean withReLU) {
    return context.dnnl().attributes(withReLU);
  }

  @Override
  public Tensor src(dnnl_memory_desc md, Tensor input, StepIdentity step) {
    return context.builder().as(md, input, step.reorderOf("src"));
  }

  @Override
  public Tensor weights(PlacedLayer placed, dnnl_memory_desc md, StepIdentity step) {
    return context.weights(placed, md, step);
  }

  @Override
  public Tensor dst(dnnl_memory_desc md) {
    return context.builder().tensor(md);
  }

  @Override
  public void complete(List<Argument> arguments) {}
}
