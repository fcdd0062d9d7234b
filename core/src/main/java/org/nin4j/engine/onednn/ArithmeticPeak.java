package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Arrays;
import java.util.List;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.bytedeco.dnnl.dnnl_stream;
import org.nin4j.engine.Precision;
import org.nin4j.engine.StepProfile.Pass;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;

/**
 * The most arithmetic that this machine does in a second with the threads of a plan: the best run
 * of many of matrix products whose operands stay in the caches. Of several sizes, for no one is
 * best for all processors and data types; the best and not a mean, for whatever else runs on the
 * machine can only make it slower.
 */
final class ArithmeticPeak {
  private static final long NANOSECONDS_OF_A_SIZE = 90_000_000;

  /**
   * M = N = K. The last is for machines with many cores. None is a power of two, whose rows would
   * contend for the same sets of a cache.
   */
  private static final int[] SIZES = {384, 640, 896, 1920};

  /** Bytes that make 0.75 in fp32 and in bf16 and 63 in int8. */
  private static final float OPERAND = Float.intBitsToFloat(0x3F3F3F3F);

  private ArithmeticPeak() {}

  /** In 1e9 multiplications and additions a second. */
  static double gflops(Precision precision) {
    return switch (precision) {
      case FP32 -> gflops(dnnl_f32, dnnl_f32, dnnl_f32);
      case BF16 -> gflops(dnnl_bf16, dnnl_bf16, dnnl_f32);
      case INT8 -> gflops(dnnl_u8, dnnl_s8, dnnl_s32);
    };
  }

  private static double gflops(int srcType, int weightsType, int dstType) {
    double best = 0;
    for (int size : SIZES) {
      try (Scope scope = new Scope()) {
        double operations = 2.0 * size * size * size;
        long nanoseconds = bestTime(scope, srcType, weightsType, dstType, size);
        best = Math.max(best, operations / nanoseconds);
      }
    }
    return best;
  }

  private static long bestTime(Scope scope, int srcType, int weightsType, int dstType, int size) {
    dnnl_engine engine = new dnnl_engine();
    Dnnl.check(dnnl_engine_create(engine, dnnl_cpu, 0), "an engine");
    scope.onClose(() -> dnnl_engine_destroy(engine));
    dnnl_stream stream = new dnnl_stream();
    Dnnl.check(dnnl_stream_create(stream, engine, dnnl_stream_default_flags), "a stream");
    scope.onClose(() -> dnnl_stream_destroy(stream));
    Program product = product(scope, engine, srcType, weightsType, dstType, size);
    long begin = System.nanoTime();
    long best = Long.MAX_VALUE;
    long now = begin;
    while (now - begin < NANOSECONDS_OF_A_SIZE) {
      product.run(Phase.FORWARD, stream);
      Dnnl.check(dnnl_stream_wait(stream), "a stream");
      long end = System.nanoTime();
      best = Math.min(best, end - now);
      now = end;
    }
    return best;
  }

  /** dst (n, n) = src (n, n) * weights (n, n), in the layouts that oneDNN chooses. */
  private static Program product(
      Scope scope, dnnl_engine engine, int srcType, int weightsType, int dstType, long n) {
    try (ProgramBuilder builder = new ProgramBuilder(engine, null)) {
      Dnnl dnnl = builder.dnnl();
      dnnl_primitive_desc pd =
          dnnl.describe(
              "a matrix product",
              result ->
                  dnnl_matmul_primitive_desc_create(
                      result,
                      engine,
                      dnnl.any(srcType, n, n),
                      dnnl.any(weightsType, n, n),
                      null,
                      dnnl.any(dstType, n, n),
                      dnnl.attributes(false)));
      Tensor src = builder.pin(builder.tensor(Dnnl.query(pd, dnnl_query_src_md)));
      Tensor weights = builder.pin(builder.tensor(Dnnl.query(pd, dnnl_query_weights_md)));
      Tensor dst = builder.tensor(Dnnl.query(pd, dnnl_query_dst_md));
      builder.add(
          new StepIdentity("", "matrix product", Pass.FORWARD, ""),
          pd,
          List.of(
              new Argument(DNNL_ARG_SRC, src),
              new Argument(DNNL_ARG_WEIGHTS, weights),
              new Argument(DNNL_ARG_DST, dst)));
      Program program = builder.build();
      scope.onClose(program::close);
      NativeMemory arena = new NativeMemory(program.arenaBytes());
      scope.onClose(arena::close);
      program.bind(arena);
      float[] operands = new float[Math.toIntExact(n * n)]; // enough for four bytes a number
      Arrays.fill(operands, OPERAND);
      src.write(operands, 0, src.size());
      weights.write(operands, 0, weights.size());
      return program;
    }
  }
}
