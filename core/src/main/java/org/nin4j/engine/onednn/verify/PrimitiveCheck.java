package org.nin4j.engine.onednn.verify;

import java.util.List;
import java.util.Optional;

/** What one primitive must compute. */
public interface PrimitiveCheck {
  /** The tensors that it reads and writes. */
  List<Operand> operands();

  /** Enters all that tells this check from others: kind, geometry, what is fused. */
  void identify(Fingerprint fingerprint);

  /**
   * Runs the primitive on numbers of the check's choice and compares what comes out.
   *
   * @return what is wrong, in words; empty where all is right
   */
  Optional<String> run(Execution execution);
}
