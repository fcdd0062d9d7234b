package org.nin4j.bench.rival;

import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;

/** A process that measures the machine's arithmetic: {@code PRECISION GFLOP/S} a line. */
public final class PeakChild {
  /** Begins the line that says what has measured. */
  public static final String ENGINE = "engine";

  private PeakChild() {}

  /** Measures each precision that there is here. */
  public static void main(String[] args) {
    Engine engine = Engines.oneDnn();
    for (Precision precision : Precision.values()) {
      if (engine.supports(precision)) {
        double peak = engine.measurePeak(precision, ChildSettings.threads()).orElseThrow();
        System.out.println(Protocol.ANSWER + precision + " " + peak);
      }
    }
    System.out.println(Protocol.ANSWER + ENGINE + " " + engine.description());
  }
}
