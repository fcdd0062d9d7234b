package org.nin4j.cli;

import java.util.Optional;
import org.nin4j.engine.Precision;

/** The precisions that a person may ask for. */
enum PrecisionChoice {
  /** Leaves the choice to the library. */
  AUTO,
  FP32,
  BF16,
  /** For quantized models. */
  INT8;

  /** The precision of that name; empty for {@link #AUTO}. */
  Optional<Precision> asked() {
    return this == AUTO ? Optional.empty() : Optional.of(Precision.valueOf(name()));
  }
}
