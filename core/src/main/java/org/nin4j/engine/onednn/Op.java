package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.dnnl_primitive_execute;

import org.bytedeco.dnnl.dnnl_exec_arg_t;
import org.bytedeco.dnnl.dnnl_primitive;
import org.bytedeco.dnnl.dnnl_stream;

/**
 * One primitive with its arguments bound.
 *
 * @param name the layer's path and kind, and what is done: {@code 2.0 Conv2d backward data}
 */
record Op(String name, dnnl_primitive primitive, dnnl_exec_arg_t arguments, int argumentCount) {
  void execute(dnnl_stream stream) {
    Dnnl.check(dnnl_primitive_execute(primitive, stream, argumentCount, arguments), name);
  }
}
