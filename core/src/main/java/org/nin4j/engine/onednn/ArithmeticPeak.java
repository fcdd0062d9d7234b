package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.List;
import java.util.Map;
import org.bytedeco.dnnl.dnnl_memory_desc;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.Precision;
import org.nin4j.engine.onednn.ProgramBuilder.Argument;
import org.nin4j.engine.onednn.ProgramBuilder.Phase;

/**
 * What this machine's arithmetic gives where nothing else is in its way: the best of some products
 * of large matrices, in layouts of oneDNN's choice.
 */
final class ArithmeticPeak {
  private static final int TRIES = 6;

  /** Extents of the square matrices; which is best depends on the caches. */
  private static final List<Long> EXTENTS = List.of(1024L, 1536L, 2048L);

  /** Types of the factors and of the product. */
  private record Types(int src, int weights, int dst) {}

  private static final Map<Precision, Types> TYPES =
      Map.of(
          Precision.FP32, new Types(dnnl_f32, dnnl_f32, dnnl_f32),
          Precision.BF16, new Types(dnnl_bf16, dnnl_bf16, dnnl_f32),
          Precision.INT8, new Types(dnnl_u8, dnnl_s8, dnnl_s32));

  private ArithmeticPeak() {}

  /** In thousand million operations a second; a multiplication and an addition are two. */
  static double measure(Precision precision) {
    double best = 0;
    for (long extent : EXTENTS) {
      best = Math.max(best, measure(TYPES.get(precision), extent));
    }
    return best;
  }

  private static double measure(Types types, long extent) {
    Programs programs = new Programs();
    try (Program program = product(programs, types, extent);
        NativeMemory arena = new NativeMemory(program.arenaBytes())) {
      arena.clear();
      program.bind(arena);
      double best = 0;
      for (int i = 0; i < TRIES; i++) {
        long start = System.nanoTime();
        programs.run(program, Phase.FORWARD);
        double seconds = (System.nanoTime() - start) / 1e9;
        best = Math.max(best, 2e-9 * extent * extent * extent / seconds);
      }
      return best;
    } finally {
      programs.close();
    }
  }

  private static Program product(Programs programs, Types types, long extent) {
    try (ProgramBuilder builder = new ProgramBuilder(programs.engine())) {
      Dnnl dnnl = builder.dnnl();
      dnnl_memory_desc left = dnnl.any(types.src(), extent, extent);
      dnnl_memory_desc right = dnnl.any(types.weights(), extent, extent);
      dnnl_memory_desc result = dnnl.any(types.dst(), extent, extent);
      dnnl_primitive_desc pd =
          dnnl.describe(
              "a product of matrices",
              created ->
                  dnnl_matmul_primitive_desc_create(
                      created, dnnl.engine(), left, right, null, result, dnnl.attributes(false)));
      builder.add(
          "a product of matrices",
          pd,
          List.of(
              new Argument(DNNL_ARG_SRC, builder.value(Dnnl.query(pd, dnnl_query_src_md))),
              new Argument(DNNL_ARG_WEIGHTS, builder.value(Dnnl.query(pd, dnnl_query_weights_md))),
              new Argument(DNNL_ARG_DST, builder.value(Dnnl.query(pd, dnnl_query_dst_md)))));
      return builder.build();
    }
  }
}
