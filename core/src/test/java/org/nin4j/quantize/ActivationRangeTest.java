package org.nin4j.quantize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.nin4j.engine.QuantizationParameters;

class ActivationRangeTest {
  @Test
  void aFewOutliersDoNotTakeTheStepsFromTheMany() {
    ActivationRange range = new ActivationRange();
    float[] values = new float[1_000_000];
    for (int i = 0; i < values.length; i++) {
      values[i] = i % 1000 / 1000f;
    }
    values[5] = 1.5f;
    range.widen(values, values.length);
    range.count(values, values.length);
    QuantizationParameters best = range.best();
    assertTrue(best.scale() < 1.1f / 255, "step " + best.scale());
    assertTrue(best.scale() > 0.9f / 255, "step " + best.scale());
  }

  @Test
  void zerosAloneHaveAGridToo() {
    ActivationRange range = new ActivationRange();
    range.widen(new float[10], 10);
    range.count(new float[10], 10);
    assertEquals(0, range.best().round(0));
  }
}
