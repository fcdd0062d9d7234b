package org.nin4j.engine.onednn;

import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanArguments;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.onednn.verify.VerifiedPrimitives;
import org.nin4j.internal.CacheFolder;
import org.nin4j.nn.Network;

/**
 * The fast engine: a static plan over oneDNN's primitives. When a plan is compiled, each primitive
 * that is not known to be right on this instruction set is run once on numbers whose result is
 * known; one that is wrong is replaced by another implementation, and an entry of the log says so.
 * What was found is kept in the folder {@code verified} of the user's cache folder. A plan computes
 * with the threads of OpenMP's pool, whose size the environment variable OMP_NUM_THREADS sets
 * before the process starts; use a plan from one thread.
 */
public final class OneDnnEngine implements Engine {
  private final NativeLibrary library;
  private final PrimitiveVerifier verifier;

  /**
   * @throws EngineException when the native library cannot be loaded, with the reason and what to
   *     do
   */
  public OneDnnEngine() {
    this(loaded());
  }

  private OneDnnEngine(NativeLibrary library) {
    this(library, new PrimitiveVerifier(library, verified(library)));
  }

  /** With another verifier, for tests. */
  OneDnnEngine(NativeLibrary library, PrimitiveVerifier verifier) {
    this.library = library;
    this.verifier = verifier;
  }

  private static NativeLibrary loaded() {
    NativeLibrary library = NativeLibrary.get();
    if (library.failure() != null) {
      throw new EngineException(
          "oneDNN's native library cannot be loaded on "
              + System.getProperty("os.name")
              + " "
              + System.getProperty("os.arch")
              + " ("
              + reason(library.failure())
              + "); add the artifact org.bytedeco:dnnl with this platform's classifier, or use the reference engine",
          library.failure());
    }
    return library;
  }

  private static VerifiedPrimitives verified(NativeLibrary library) {
    return VerifiedPrimitives.of(setting(library), CacheFolder.locate().resolve("verified"));
  }

  /** What decides which code a primitive runs, beside its geometry. */
  static String setting(NativeLibrary library) {
    return library.version() + "-" + library.instructionSet() + "-" + threads();
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return failure.getClass().getSimpleName()
        + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
  }

  @Override
  public String description() {
    return "oneDNN "
        + library.version()
        + " ("
        + library.instructionSet()
        + "), "
        + threads()
        + (threads() == 1 ? " thread" : " threads");
  }

  /** Threads of a plan: OMP_NUM_THREADS, or one for each processor. */
  public static int threads() {
    String set = System.getenv("OMP_NUM_THREADS");
    if (set != null && set.matches("[1-9][0-9]{0,3}")) {
      return Integer.parseInt(set);
    }
    return Runtime.getRuntime().availableProcessors();
  }

  /**
   * Measures the most arithmetic that this machine does with the threads of a plan, by which the
   * speed of a layer can be judged; for about half a second.
   *
   * @return 1e9 multiplications and additions a second
   * @throws EngineException when the precision is not supported here
   */
  public double measurePeak(Precision precision) {
    requireSupported(precision);
    return ArithmeticPeak.gflops(precision);
  }

  @Override
  public boolean supports(Precision precision) {
    return switch (precision) {
      case FP32 -> true;
      case BF16 -> library.hasBf16();
      case INT8 -> library.hasInt8();
    };
  }

  @Override
  public InferencePlan compileInference(
      Network network, int batch, Precision precision, Quantization quantization) {
    requireSupported(precision);
    return new OneDnnInferencePlan(
        verifier,
        network,
        batch,
        precision,
        PlanArguments.integers(precision, quantization, network));
  }

  @Override
  public TrainingPlan compileTraining(
      Network network, int batch, Precision precision, Gradients gradients) {
    PlanArguments.requireTrainable(precision);
    requireSupported(precision);
    return new OneDnnTrainingPlan(verifier, network, batch, precision, gradients);
  }

  private void requireSupported(Precision precision) {
    if (!supports(precision)) {
      throw new EngineException(
          "this processor ("
              + library.instructionSet()
              + ") does not compute in "
              + precision
              + "; use precision fp32");
    }
  }
}
