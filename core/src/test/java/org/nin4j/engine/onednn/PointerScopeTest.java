package org.nin4j.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.junit.jupiter.api.Test;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Trial;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;

/**
 * A caller who uses JavaCPP too may have a PointerScope open, which frees what is made within it.
 */
class PointerScopeTest {
  @Test
  void nothingOfAnEngineOrAPlanIsFreedWithACallersScope() {
    Trial trial =
        Trial.of(Shape.of(1, 3, 9, 9), 2, new Conv2d(3, 20, 3), new ReLU(), new Conv2d(20, 7, 3));
    Engine engine = new OneDnnEngine();
    PlanSpec spec = PlanSpec.of(trial.network, 2, Precision.FP32);
    float[] expected = trial.infer(engine, Precision.FP32);
    float[] logits = new float[expected.length];
    Engine inScope;
    PreparedWeights weights;
    InferencePlan plan;
    try (PointerScope scope = new PointerScope()) {
      scope.attach(new BytePointer(1)); // the caller's own
      inScope = new OneDnnEngine();
      weights = inScope.prepare(trial.network);
      plan = inScope.compileInference(spec, weights);
    }
    weights.load(trial.weights);
    plan.run(trial.images, 2, logits);
    assertArrayEquals(expected, logits);
    assertArrayEquals(expected, trial.infer(inScope, Precision.FP32));
    plan.close();
    weights.close();
  }
}
