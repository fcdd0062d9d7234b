package org.nin4j.interchange.onnx;

import java.io.IOException;
import java.util.List;

/**
 * Values times a number.
 *
 * @param values as the file has them
 * @param factor what each is multiplied with
 */
record ScaledValues(Values values, float factor) implements Values {
  /** The values themselves where the factor is 1. */
  static Values of(Values values, float factor) {
    return factor == 1 ? values : new ScaledValues(values, factor);
  }

  @Override
  public String name() {
    return values.name();
  }

  @Override
  public List<Long> dims() {
    return values.dims();
  }

  @Override
  public float[] floats() throws IOException {
    float[] scaled = values.floats();
    for (int i = 0; i < scaled.length; i++) {
      scaled[i] *= factor;
    }
    return scaled;
  }
}
