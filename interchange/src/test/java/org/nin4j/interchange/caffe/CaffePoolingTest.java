package org.nin4j.interchange.caffe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nin4j.Engines;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Weights;
import org.nin4j.interchange.caffe.PlainCaffe.Axis;
import org.nin4j.interchange.caffe.PlainCaffe.Maps;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Network;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

class CaffePoolingTest {
  private static final CaffeLayer LAYER =
      new CaffeLayer("pool", "Pooling", List.of(), List.of(), null);

  /** PyTorch, and so NiN4J, allows padding up to half the kernel; Caffe up to the kernel. */
  @Test
  void windowsAreThoseOfCaffeOverAnyGeometry() {
    Random random = new Random(6);
    int compared = 0;
    int refused = 0;
    for (int i = 0; i < 2000; i++) {
      Axis rows = axis(random);
      Axis columns = axis(random);
      int height = rows.kernel() + random.nextInt(9);
      int width = columns.kernel() + random.nextInt(9);
      boolean max = random.nextBoolean();
      Maps in = maps(random, 2, height, width);
      Maps expected = PlainCaffe.pool(in, max, rows, columns);
      CaffePooling pooling =
          new CaffePooling(
              new Size2d(rows.kernel(), columns.kernel()),
              new Size2d(rows.stride(), columns.stride()),
              new Size2d(rows.pad(), columns.pad()),
              true);
      Shape shape = Shape.of(1, 2, height, width);
      if (beyond(rows, height, columns, width)) {
        assertThrows(IllegalArgumentException.class, () -> pooling.requireFits(LAYER, shape));
        refused++;
        continue;
      }
      pooling.requireFits(LAYER, shape);
      String where = pooling + " over " + shape;
      Network network =
          new Network("pool", shape, new Sequential(pooling.layer(max), new Flatten()));
      assertEquals(
          Shape.of(1, 2, expected.height(), expected.width()),
          network.outputShapes().get(0),
          where);
      float[] found = run(network, in);
      for (int j = 0; j < found.length; j++) {
        assertEquals(expected.values()[j], found[j], 1e-5, where);
      }
      compared++;
    }
    assertTrue(compared > 1000 && refused > 20, compared + " compared, " + refused + " refused");
  }

  /** Whether a window without padding begins beyond the image. */
  private static boolean beyond(Axis rows, int height, Axis columns, int width) {
    return rows.pad() == 0
        && columns.pad() == 0
        && ((rows.outputs(height, false) - 1) * rows.stride() >= height
            || (columns.outputs(width, false) - 1) * columns.stride() >= width);
  }

  private static Axis axis(Random random) {
    int kernel = 1 + random.nextInt(5);
    return new Axis(kernel, 1 + random.nextInt(4), random.nextInt(kernel / 2 + 1));
  }

  private static Maps maps(Random random, int channels, int height, int width) {
    double[] values = new double[channels * height * width];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextFloat() - 0.5f;
    }
    return new Maps(channels, height, width, values);
  }

  private static float[] run(Network network, Maps in) {
    float[] image = new float[in.values().length];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) in.values()[i];
    }
    float[] logits = new float[network.classes()];
    Engine engine = Engines.reference();
    try (PreparedWeights weights = engine.prepare(network)) {
      weights.load(Weights.zeros(network));
      try (InferencePlan plan =
          engine.compileInference(PlanSpec.of(network, 1, Precision.FP32), weights)) {
        plan.run(image, 1, logits);
      }
    }
    return logits;
  }
}
