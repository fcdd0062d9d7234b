package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_post_ops;
import org.bytedeco.dnnl.dnnl_primitive_attr;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;
import org.nin4j.engine.EngineException;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Makes oneDNN's descriptors; each is freed with the scope, and every status is checked. */
final class Dnnl {
  /** Bit 0 of a mask: one scale for each index of a tensor's first extent. */
  static final int BY_FIRST_EXTENT = 1;

  private final dnnl_engine engine;
  private final Scope scope;

  Dnnl(dnnl_engine engine, Scope scope) {
    this.engine = engine;
    this.scope = scope;
  }

  /**
   * @throws EngineException with oneDNN's status, when it is not success
   */
  static void check(int status, String what) {
    if (status == dnnl_success) {
      return;
    }
    String reason =
        status == dnnl_out_of_memory
            ? "out of memory; use a smaller batch or image size"
            : status == dnnl_unimplemented
                ? "not implemented on this processor; use the reference engine"
                : "status " + status;
    throw new EngineException("oneDNN could not run " + what + ": " + reason);
  }

  dnnl_engine engine() {
    return engine;
  }

  static long[] dims(Shape shape) {
    return shape.dims().stream().mapToLong(Integer::longValue).toArray();
  }

  static long[] dims(Size2d size) {
    return new long[] {size.height(), size.width()};
  }

  /** How far the last window reaches beyond the input's end, on each axis. */
  static long[] paddingRight(
      Shape input, Shape output, Size2d kernel, Size2d stride, Size2d padding) {
    return new long[] {
      overhang(input.height(), output.height(), kernel.height(), stride.height(), padding.height()),
      overhang(input.width(), output.width(), kernel.width(), stride.width(), padding.width())
    };
  }

  private static long overhang(int in, int out, int kernel, int stride, int padding) {
    return Math.max(0, (out - 1) * stride + kernel - in - padding);
  }

  /** Row-major. */
  dnnl_memory_desc plain(int type, long... dims) {
    long[] strides = new long[dims.length];
    long stride = 1;
    for (int i = dims.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= dims[i];
    }
    return strided(type, dims, strides);
  }

  dnnl_memory_desc strided(int type, long[] dims, long[] strides) {
    dnnl_memory_desc md = new dnnl_memory_desc();
    check(
        dnnl_memory_desc_create_with_strides(md, dims.length, dims, type, strides),
        "a memory descriptor");
    return owned(md);
  }

  /** A layout that the primitive may choose. */
  dnnl_memory_desc any(int type, long... dims) {
    dnnl_memory_desc md = new dnnl_memory_desc();
    check(
        dnnl_memory_desc_create_with_tag(md, dims.length, dims, type, dnnl_format_tag_any),
        "a memory descriptor");
    return owned(md);
  }

  private dnnl_memory_desc owned(dnnl_memory_desc md) {
    scope.onClose(() -> dnnl_memory_desc_destroy(md));
    return md;
  }

  /** A copy of a descriptor that lives as long as a scope. */
  static dnnl_memory_desc copy(dnnl_memory_desc md, Scope scope) {
    dnnl_memory_desc copy = new dnnl_memory_desc();
    check(dnnl_memory_desc_clone(copy, md), "a memory descriptor");
    scope.onClose(() -> dnnl_memory_desc_destroy(copy));
    return copy;
  }

  /**
   * Results that do not depend on timing; scratch memory from the arena; optionally a ReLU on what
   * is computed.
   */
  dnnl_primitive_attr attributes(boolean withReLU) {
    dnnl_primitive_attr attr = new dnnl_primitive_attr();
    check(dnnl_primitive_attr_create(attr), "primitive attributes");
    scope.onClose(() -> dnnl_primitive_attr_destroy(attr));
    check(
        dnnl_primitive_attr_set_scratchpad_mode(attr, dnnl_scratchpad_mode_user),
        "primitive attributes");
    check(dnnl_primitive_attr_set_deterministic(attr, 1), "primitive attributes");
    if (withReLU) {
      dnnl_post_ops postOps = new dnnl_post_ops();
      check(dnnl_post_ops_create(postOps), "post-ops");
      scope.onClose(() -> dnnl_post_ops_destroy(postOps));
      check(dnnl_post_ops_append_eltwise(postOps, dnnl_eltwise_relu, 0, 0), "post-ops");
      check(dnnl_primitive_attr_set_post_ops(attr, postOps), "post-ops");
    }
    return attr;
  }

  /** Says that a tensor has scales: one, or with a mask one for each index of some extents. */
  static void scaled(dnnl_primitive_attr attr, int argument, int mask) {
    check(dnnl_primitive_attr_set_scales_mask(attr, argument, mask), "primitive attributes");
  }

  /** Makes a primitive descriptor. */
  dnnl_primitive_desc describe(String what, Description description) {
    dnnl_primitive_desc pd = new dnnl_primitive_desc();
    check(description.create(pd), what);
    scope.onClose(() -> dnnl_primitive_desc_destroy(pd));
    return pd;
  }

  /** oneDNN's name for the code that a primitive runs: {@code brg_conv_fwd:avx512_core}. */
  static String implementation(dnnl_primitive_desc pd) {
    try (PointerPointer<BytePointer> result = new PointerPointer<>(1)) {
      check(
          dnnl_primitive_desc_query(pd, dnnl_query_impl_info_str, 0, result),
          "a primitive descriptor query");
      return result.get(BytePointer.class).getString();
    }
  }

  /** One of oneDNN's functions that make a primitive descriptor. */
  @FunctionalInterface
  interface Description {
    int create(dnnl_primitive_desc pd);
  }

  /**
   * The descriptor of an argument: of a primitive, or, where it has no such argument, of the one
   * that runs before it.
   *
   * @param before may be null
   */
  static dnnl_memory_desc argument(
      dnnl_primitive_desc pd, dnnl_primitive_desc before, int argument) {
    dnnl_memory_desc md = query(pd, dnnl_query_exec_arg_md, argument);
    return before != null && dnnl_memory_desc_get_size(md) == 0
        ? query(before, dnnl_query_exec_arg_md, argument)
        : md;
  }

  static dnnl_memory_desc query(dnnl_primitive_desc pd, int what) {
    return query(pd, what, 0);
  }

  static dnnl_memory_desc query(dnnl_primitive_desc pd, int what, int index) {
    return dnnl_primitive_desc_query_md(pd, what, index);
  }

  /** oneDNN's data type of a tensor. */
  static int type(dnnl_memory_desc md) {
    return number(md, dnnl_query_data_type);
  }

  /** Largest relative error of a number that is computed in fp32 and rounded to this type. */
  static double roundoff(int type) {
    return type == dnnl_bf16 ? 0x1p-8 : 0x1p-21;
  }

  /** The extents of a tensor. */
  static Shape shape(dnnl_memory_desc md) {
    int[] dims = new int[number(md, dnnl_query_ndims_s32)];
    try (PointerPointer<Pointer> result = new PointerPointer<>(1)) {
      check(dnnl_memory_desc_query(md, dnnl_query_dims, result), "a memory descriptor query");
      LongPointer numbers = new LongPointer(result.get());
      for (int i = 0; i < dims.length; i++) {
        dims[i] = Math.toIntExact(numbers.get(i));
      }
    }
    return Shape.of(dims);
  }

  private static int number(dnnl_memory_desc md, int what) {
    try (IntPointer result = new IntPointer(1)) {
      check(dnnl_memory_desc_query(md, what, result), "a memory descriptor query");
      return result.get();
    }
  }

  static boolean same(dnnl_memory_desc a, dnnl_memory_desc b) {
    return dnnl_memory_desc_equal(a, b) != 0;
  }
}
