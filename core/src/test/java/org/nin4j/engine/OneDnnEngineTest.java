package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.engine.reference.ReferenceEngine;

/** The contract, held over oneDNN, and agreement with the reference engine. */
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
  void itsDescriptionNamesVersionInstructionSetAndThreads() {
    assertTrue(engine().description().matches("oneDNN 3\\.11\\.\\d+ \\(\\w+\\), \\d+ threads?"));
  }
}
