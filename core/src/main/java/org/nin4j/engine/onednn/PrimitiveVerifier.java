package org.nin4j.engine.onednn;

import static org.bytedeco.dnnl.global.dnnl.*;

import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.dnnl.dnnl_engine;
import org.bytedeco.dnnl.dnnl_primitive_desc;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.onednn.verify.Execution;
import org.nin4j.engine.onednn.verify.Fingerprint;
import org.nin4j.engine.onednn.verify.KnownCrashes;
import org.nin4j.engine.onednn.verify.Operand;
import org.nin4j.engine.onednn.verify.PrimitiveCheck;
import org.nin4j.engine.onednn.verify.VerifiedPrimitives;

/**
 * Ensures that the primitives of a plan compute what they should. A primitive that is not known yet
 * is run once on the numbers of its check; a wrong one is replaced by oneDNN's next implementation,
 * and the log says so once.
 */
final class PrimitiveVerifier {
  private static final long LONG_WAIT = 1_000_000_000; // nanoseconds

  /** Changes what a primitive computes, so that a test sees whether it is noticed. */
  @FunctionalInterface
  interface FaultInjector {
    FaultInjector NONE = (implementation, check, execution) -> execution;

    Execution apply(String implementation, PrimitiveCheck check, Execution execution);
  }

  private final NativeLibrary library;
  private final VerifiedPrimitives verified;
  private final FaultInjector tampering;
  private final LayoutReader layouts = new LayoutReader();
  private final GrowableMemory ownBlock = new GrowableMemory();
  private final GrowableMemory plainBlock = new GrowableMemory();
  private int runs; // for this plan, as is the time that they took
  private long nanoseconds;

  PrimitiveVerifier(NativeLibrary library, VerifiedPrimitives verified) {
    this(library, verified, FaultInjector.NONE);
  }

  PrimitiveVerifier(NativeLibrary library, VerifiedPrimitives verified, FaultInjector tampering) {
    this.library = library;
    this.verified = verified;
    this.tampering = tampering;
  }

  /**
   * Moves a descriptor on to the first implementation that computes what it should.
   *
   * @param what the layer and the pass, for messages
   * @param forward whose workspace the primitive takes; null without one
   * @throws EngineException when there is none
   */
  synchronized void choose(
      dnnl_engine engine,
      String what,
      PrimitiveCheck check,
      dnnl_primitive_desc pd,
      dnnl_primitive_desc forward) {
    while (true) {
      Optional<String> fault = fault(engine, what, check, pd, forward);
      if (fault.isEmpty()) {
        return;
      }
      if (dnnl_primitive_desc_next_impl(pd) != dnnl_success) {
        throw new EngineException(
            description()
                + " computes "
                + what
                + " wrong in every way that it has ("
                + fault.get()
                + "); use another precision or the reference engine");
      }
    }
  }

  private Optional<String> fault(
      dnnl_engine engine,
      String what,
      PrimitiveCheck check,
      dnnl_primitive_desc pd,
      dnnl_primitive_desc forward) {
    String implementation = Dnnl.implementation(pd);
    if (KnownCrashes.has(check, implementation)) {
      return Optional.of("it ends the process");
    }
    long fingerprint = fingerprint(implementation, check, pd, forward);
    switch (verified.verdict(fingerprint)) {
      case RIGHT -> {
        return Optional.empty();
      }
      case WRONG -> {
        return Optional.of("as was found before");
      }
      default -> {
        long start = System.nanoTime();
        Optional<String> fault = run(engine, implementation, check, pd, forward);
        nanoseconds += System.nanoTime() - start;
        runs++;
        verified.enter(fingerprint, fault.isEmpty());
        fault.ifPresent(
            words ->
                log(
                    description()
                        + ": "
                        + implementation
                        + " computes "
                        + what
                        + " wrong, "
                        + words
                        + " in "
                        + check
                        + "; another implementation is used instead"));
        return fault;
      }
    }
  }

  private Optional<String> run(
      dnnl_engine engine,
      String implementation,
      PrimitiveCheck check,
      dnnl_primitive_desc pd,
      dnnl_primitive_desc forward) {
    try (PrimitiveExecution execution =
        new PrimitiveExecution(engine, ownBlock, plainBlock, check, pd, forward)) {
      Optional<String> fault = check.run(tampering.apply(implementation, check, execution));
      return fault.isPresent() || execution.isIntact()
          ? fault
          : Optional.of("memory outside its tensors is written");
    }
  }

  /**
   * The logger is looked up only when there is a message: that takes longer than compiling a plan.
   */
  private static void log(String message) {
    System.getLogger(PrimitiveVerifier.class.getName()).log(System.Logger.Level.INFO, message);
  }

  private String description() {
    return "oneDNN " + library.version() + " (" + library.instructionSet() + ")";
  }

  private long fingerprint(
      String implementation,
      PrimitiveCheck check,
      dnnl_primitive_desc pd,
      dnnl_primitive_desc forward) {
    Fingerprint fingerprint = new Fingerprint().add(implementation);
    check.identify(fingerprint);
    for (Operand operand : check.operands()) {
      if (!DnnlArguments.isScale(operand.argument())) {
        layouts.identify(
            Dnnl.argument(pd, forward, DnnlArguments.index(operand.argument())),
            operand.shape().rank(),
            fingerprint);
      }
    }
    if (forward != null) {
      fingerprint.add(Dnnl.implementation(forward));
    }
    return fingerprint.value();
  }

  /** Frees memory, keeps what was found for later processes, and explains a long wait. */
  synchronized void endOfPlan() {
    ownBlock.close();
    plainBlock.close();
    if (nanoseconds >= LONG_WAIT) {
      log(
          String.format(
              Locale.ROOT,
              "verified %d primitives of oneDNN in %.1f s; it need not be done again here",
              runs,
              1e-9 * nanoseconds));
    }
    runs = 0;
    nanoseconds = 0;
    try {
      verified.save();
    } catch (IOException e) {
      log(
          "primitives will be verified again by the next process ("
              + e.getMessage()
              + "); set NIN4J_CACHE to a folder that can be written to");
    }
  }
}
