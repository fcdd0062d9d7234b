package org.nin4j.cli;

import java.util.Optional;
import org.nin4j.engine.Precision;

/** The values of the option {@code --precision}. */
enum PrecisionChoice {
  /** The fastest precision. */
  AUTO,
  FP32,
  BF16,
  /** For quantized models. */
  INT8;

  /** Returns the precision of this name; empty for {@link #AUTO}. */
  Optional<Precision> requested() {
    return this == AUTO ? Optional.empty() : Optional.of(Precision.valueOf(name()));
  }
}
