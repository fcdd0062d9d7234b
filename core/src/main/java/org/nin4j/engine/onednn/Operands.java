package org.nin4j.engine.onednn;

import java.util.List;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.verify.Arithmetic;
import org.nin4j.nn.PlacedLayer;

/** In which types the forward pass of a layer with weights computes, and how tensors get there. */
interface Operands {
  int srcType();

  int weightsType();

  int dstType();

  /** The same, for who checks the primitive. */
  Arithmetic arithmetic();

  /** Whether the output has no negative numbers, even without a ReLU. */
  boolean clamps();

  dnnl_primitive_attr attributes(boolean withReLU);

  Tensor src(dnnl_memory_desc md, Tensor input, StepIdentity step);

  /** The weights of a layer as the primitive wants them. */
  Tensor weights(PlacedLayer placed, dnnl_memory_desc md, StepIdentity step);

  Tensor dst(dnnl_memory_desc md);

  /** Adds what the primitive needs in addition to its tensors. */
  void complete(List<Argument> arguments);
}
