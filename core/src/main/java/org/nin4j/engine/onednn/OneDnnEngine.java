package org.nin4j.engine.onednn;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicBoolean;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.GradientPlan;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.internal.PlanArguments;
import org.nin4j.engine.onednn.verify.VerifiedPrimitives;
import org.nin4j.internal.CacheFolder;
import org.nin4j.nn.Network;

/**
 * The fast engine: a static plan over oneDNN's primitives. When a plan is compiled, each primitive
 * that is not known to be right on this instruction set is run once on numbers whose result is
 * known; one that is wrong is replaced by another implementation, and an entry of the log says so.
 * What was found is kept in the folder {@code verified} of the user's cache folder. A plan computes
 * with the number of OpenMP's threads that it is compiled for, and leaves that setting of the
 * calling thread as it was.
 */
public final class OneDnnEngine implements Engine {
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private final NativeLibrary library;
  private final PrimitiveVerifier always;
  private final Map<Integer, ThreadSetting> settings = new HashMap<>();

  /**
   * @throws EngineException when the native library cannot be loaded, with the reason and what to
   *     do
   */
  public OneDnnEngine() {
    this(loaded(), null);
    OpenMp openMp = OpenMp.get();
    if (openMp.failure() != null && WARNED.compareAndSet(false, true)) {
      System.getLogger(OneDnnEngine.class.getName())
          .log(
              System.Logger.Level.WARNING,
              "the number of OpenMP's threads cannot be set here ("
                  + openMp.failure()
                  + "); plans compute with "
                  + openMp.threads()
                  + " threads each, and results depend on that; set OMP_NUM_THREADS=1 before Java"
                  + " starts");
    }
  }

  /** With one verifier for all numbers of threads, for tests. */
  OneDnnEngine(NativeLibrary library, PrimitiveVerifier always) {
    this.library = library;
    this.always = always;
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
              + "); depend on org.nin4j:nin4j-platform, and on the module path add --add-modules ALL-MODULE-PATH",
          library.failure());
    }
    return library;
  }

  private synchronized ThreadSetting setting(int threads) {
    return settings.computeIfAbsent(
        threads,
        count -> new ThreadSetting(count, always == null ? verifier(library, count) : always));
  }

  private static PrimitiveVerifier verifier(NativeLibrary library, int threads) {
    int effective = OpenMp.get().failure() == null ? threads : OpenMp.get().threads();
    Path folder = CacheFolder.locate().resolve("verified");
    return new PrimitiveVerifier(
        library, VerifiedPrimitives.of(setting(library, effective), folder));
  }

  /** What decides, together with its geometry, which code a primitive runs. */
  static String setting(NativeLibrary library, int threads) {
    return library.version() + "-" + library.instructionSet() + "-" + threads;
  }

  private static String reason(Throwable failure) {
    String message = failure.getMessage();
    return failure.getClass().getSimpleName()
        + (message == null ? "" : ": " + message.lines().findFirst().orElse(""));
  }

  @Override
  public String description() {
    return "oneDNN " + library.version() + " (" + library.instructionSet() + ")";
  }

  @Override
  public OptionalDouble measurePeak(Precision precision, int threads) {
    PlanArguments.requireSupported(this, precision);
    return OptionalDouble.of(setting(threads).with(() -> ArithmeticPeak.gflops(precision)));
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
  public long freeMemory() {
    return NativeMemory.free();
  }

  @Override
  public PreparedWeights prepare(Network network) {
    return new OneDnnWeights(network, setting(1));
  }

  @Override
  public InferencePlan compileInference(PlanSpec spec, PreparedWeights weights) {
    PlanArguments.requireSupported(this, spec.precision());
    return new OneDnnInferencePlan(setting(spec.threads()), spec, own(weights, spec.network()));
  }

  @Override
  public TrainingPlan compileTraining(PlanSpec spec, Gradients gradients, PreparedWeights weights) {
    PlanArguments.requireTrainable(spec.precision());
    PlanArguments.requireSupported(this, spec.precision());
    return new OneDnnTrainingPlan(
        setting(spec.threads()), spec, gradients, own(weights, spec.network()));
  }

  @Override
  public GradientPlan compileGradients(PlanSpec spec, PreparedWeights weights) {
    PlanArguments.requireDifferentiable(spec.precision());
    PlanArguments.requireSupported(this, spec.precision());
    return new OneDnnGradientPlan(setting(spec.threads()), spec, own(weights, spec.network()));
  }

  private static OneDnnWeights own(PreparedWeights weights, Network network) {
    return PlanArguments.requireOwn(weights, OneDnnWeights.class, OneDnnWeights::network, network);
  }
}
