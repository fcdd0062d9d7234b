package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.engine.reference.ReferenceEngine;

/** The contract of all engines, for oneDNN, and agreement with the reference engine. */
class OneDnnEngineTest extends EngineContractTest {
  @Override
  public Engine engine() {
    return new OneDnnEngine();
  }

  @Test
  void itAgreesWithTheReferenceEngineOnRandomNetworks() {
    EnginesAgreeTest.assertAgree(new ReferenceEngine(), engine());
  }

  @Test
  void itsDescriptionNamesVersionAndInstructionSet() {
    assertTrue(engine().description().matches("oneDNN 3\\.11\\.\\d+ \\(\\w+\\)"));
  }

  /** No machine does less than one product of two numbers in a nanosecond, nor a million. */
  @ParameterizedTest
  @EnumSource(Precision.class)
  void thePeakOfAPrecisionIsThatOfAMachine(Precision precision) {
    Engine engine = engine();
    if (engine.supports(precision)) {
      double gflops = engine.measurePeak(precision, 1).orElseThrow();
      assertTrue(gflops > 2 && gflops < 2e6, gflops + " GFLOP/s");
    } else {
      assertThrows(EngineException.class, () -> engine.measurePeak(precision, 1));
    }
  }
}
