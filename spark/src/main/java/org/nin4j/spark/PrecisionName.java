package org.nin4j.spark;

import java.util.Locale;
import java.util.Optional;
import org.nin4j.engine.Precision;

/** A precision as parameters name it. */
final class PrecisionName {
  private static final String AUTO = "auto";

  private PrecisionName() {}

  /** Returns the precision; empty for {@code auto}. */
  static Optional<Precision> read(String name) {
    return name.equals(AUTO)
        ? Optional.empty()
        : Optional.of(Precision.valueOf(name.toUpperCase(Locale.ROOT)));
  }
}
