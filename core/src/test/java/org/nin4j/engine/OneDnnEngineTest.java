package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.engine.reference.ReferenceEngine;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;

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

  /**
   * oneDNN's ReLU takes NaN for 0: the gradient would look like that of an image that nothing is
   * wrong with. The second of three images is odd, or the gradient of its logits.
   */
  @Test
  void anImageWithAnOddNumberHasNaNForAGradientAndItsNeighboursTheirOwn() {
    Trial trial = Trial.of(Shape.of(1, 1, 1, 2), 3, new Conv2d(1, 1, 1), new ReLU());
    trial.with("0.0.weight", 2).with("0.0.bias", 0);
    trial.withImages(1, -1, 1, -1, 1, -1).withLogitsGradient(3, 4, 3, 4, 3, 4);
    float[] odd = {6, 0, Float.NaN, Float.NaN, 6, 0};
    for (float[] values : List.of(trial.images, trial.logitsGradient)) {
      float before = values[3];
      for (float each : new float[] {Float.NaN, Float.NEGATIVE_INFINITY}) {
        values[3] = each;
        assertArrayEquals(odd, trial.differentiate(engine(), Precision.FP32));
      }
      values[3] = before;
    }
    float[] even = {6, 0, 6, 0, 6, 0};
    assertArrayEquals(even, trial.differentiate(engine(), Precision.FP32));
    trial.with("0.0.bias", Float.POSITIVE_INFINITY);
    float[] none = new float[6];
    Arrays.fill(none, Float.NaN);
    assertArrayEquals(none, trial.differentiate(engine(), Precision.FP32));
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
