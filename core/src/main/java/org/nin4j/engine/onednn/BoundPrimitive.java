package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;
import org.nin4j.engine.StepProfile;
import org.nin4j.engine.internal.StepTimer;

/**
 * One primitive with its arguments bound.
 *
 * @param identity what it is for
 * @param name of the identity, for messages
 * @param implementation oneDNN's name for the code that it runs
 * @param timer what it has taken since it was made
 */
record BoundPrimitive(
    StepIdentity identity,
    String name,
    String implementation,
    StepTimer timer,
    dnnl_primitive primitive,
    dnnl_exec_arg_t arguments,
    int argumentCount) {
  /**
   * On the CPU a stream that oneDNN runs with OpenMP returns when the primitive is done, so that
   * its time can be taken here.
   *
   * @param start now, by {@link System#nanoTime}
   * @return when it was done
   */
  long execute(dnnl_stream stream, long start) {
    Dnnl.check(dnnl_primitive_execute(primitive, stream, argumentCount, arguments), name);
    return timer.stop(start);
  }

  /** What it has taken since it was made. */
  StepProfile profile() {
    return identity.profile(implementation, timer.runs(), timer.nanoseconds());
  }
}
