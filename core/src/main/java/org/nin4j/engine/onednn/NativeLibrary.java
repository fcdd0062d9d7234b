package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.bytedeco.dnnl.dnnl_version_t;
import org.bytedeco.javacpp.Loader;

/**
 * Whether oneDNN could be loaded, which version it is and what this processor offers; found out
 * once.
 */
final class NativeLibrary {
  private static final Map<Integer, String> INSTRUCTION_SETS =
      Map.ofEntries(
          Map.entry(dnnl_cpu_isa_sse41, "sse41"),
          Map.entry(dnnl_cpu_isa_avx, "avx"),
          Map.entry(dnnl_cpu_isa_avx2, "avx2"),
          Map.entry(dnnl_cpu_isa_avx2_vnni, "avx2_vnni"),
          Map.entry(dnnl_cpu_isa_avx2_vnni_2, "avx2_vnni_2"),
          Map.entry(dnnl_cpu_isa_avx512_core, "avx512_core"),
          Map.entry(dnnl_cpu_isa_avx512_core_vnni, "avx512_core_vnni"),
          Map.entry(dnnl_cpu_isa_avx512_core_bf16, "avx512_core_bf16"),
          Map.entry(dnnl_cpu_isa_avx10_1_512, "avx10_1_512"),
          Map.entry(dnnl_cpu_isa_avx10_1_512_amx, "avx10_1_512_amx"),
          Map.entry(dnnl_cpu_isa_avx10_1_512_amx_fp16, "avx10_1_512_amx_fp16"),
          Map.entry(dnnl_cpu_isa_avx10_2_512, "avx10_2_512"),
          Map.entry(dnnl_cpu_isa_avx10_2_512_amx_2, "avx10_2_512_amx_2"));

  /** Sets without bfloat16 arithmetic; oneDNN would emulate it there, slower than fp32. */
  private static final Set<String> WITHOUT_BF16 =
      Set.of("sse41", "avx", "avx2", "avx2_vnni", "avx512_core", "avx512_core_vnni", "default");

  /**
   * Sets without a product of u8 and s8 summed up in 32 bits; sums of 16 bits would overflow there.
   */
  private static final Set<String> WITHOUT_INT8 =
      Set.of("sse41", "avx", "avx2", "avx512_core", "default");

  private final Throwable failure;
  private final String version;
  private final String instructionSet;

  private NativeLibrary(Throwable failure, String version, String instructionSet) {
    this.failure = failure;
    this.version = version;
    this.instructionSet = instructionSet;
  }

  static NativeLibrary get() {
    return Holder.LOADED;
  }

  /** What went wrong, or null when the library is loaded. */
  Throwable failure() {
    return failure;
  }

  String version() {
    return version;
  }

  String instructionSet() {
    return instructionSet;
  }

  boolean hasBf16() {
    return failure == null && !WITHOUT_BF16.contains(instructionSet);
  }

  boolean hasInt8() {
    return failure == null && !WITHOUT_INT8.contains(instructionSet);
  }

  private static final class Holder {
    static final NativeLibrary LOADED = load();

    private static NativeLibrary load() {
      // JavaCPP refuses native memory beyond 4 x -Xmx of the whole process; plans own theirs.
      if (System.getProperty("org.bytedeco.javacpp.maxPhysicalBytes") == null) {
        System.setProperty("org.bytedeco.javacpp.maxPhysicalBytes", "0");
      }
      try {
        Loader.load(org.bytedeco.dnnl.global.dnnl.class);
        dnnl_version_t v = dnnl_version();
        int isa = dnnl_get_effective_cpu_isa();
        String name =
            INSTRUCTION_SETS.getOrDefault(
                isa, isa == 0 ? "default" : "isa 0x" + Integer.toHexString(isa));
        return new NativeLibrary(
            null, String.format(Locale.ROOT, "%d.%d.%d", v.major(), v.minor(), v.patch()), name);
      } catch (LinkageError | RuntimeException e) {
        return new NativeLibrary(e, "not loaded", "none");
      }
    }
  }
}
