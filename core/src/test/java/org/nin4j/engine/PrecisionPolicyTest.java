package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.nin4j.engine.Precision.BF16;
import static org.nin4j.engine.Precision.FP32;
import static org.nin4j.engine.Precision.INT8;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.Network;

class PrecisionPolicyTest {
  /** An engine that computes nothing, in some precisions. */
  private record Supporting(Set<Precision> precisions) implements Engine {
    static Supporting of(Precision... precisions) {
      return new Supporting(Set.of(precisions));
    }

    @Override
    public String description() {
      return "an engine";
    }

    @Override
    public boolean supports(Precision precision) {
      return precisions.contains(precision);
    }

    @Override
    public OptionalDouble measurePeak(Precision precision, int threads) {
      return OptionalDouble.empty();
    }

    @Override
    public long freeMemory() {
      return 0;
    }

    @Override
    public PreparedWeights prepare(Network network) {
      throw new UnsupportedOperationException();
    }

    @Override
    public InferencePlan compileInference(PlanSpec spec, PreparedWeights weights) {
      throw new UnsupportedOperationException();
    }

    @Override
    public TrainingPlan compileTraining(
        PlanSpec spec, Gradients gradients, PreparedWeights weights) {
      throw new UnsupportedOperationException();
    }

    @Override
    public GradientPlan compileGradients(PlanSpec spec, PreparedWeights weights) {
      throw new UnsupportedOperationException();
    }
  }

  private static final Engine ALL = Supporting.of(FP32, BF16, INT8);
  private static final Engine INTEGERS = Supporting.of(FP32, INT8);
  private static final Engine HALVES = Supporting.of(FP32, BF16);
  private static final Engine FLOATS = Supporting.of(FP32);

  @Test
  void trainingIsInBf16WhereTheEngineSupportsIt() {
    assertEquals(BF16, PrecisionPolicy.forTraining(ALL));
    assertEquals(BF16, PrecisionPolicy.forTraining(HALVES));
    assertEquals(FP32, PrecisionPolicy.forTraining(INTEGERS));
    assertEquals(FP32, PrecisionPolicy.forTraining(FLOATS));
  }

  @Test
  void inferenceIsInInt8OnlyForAQuantizedModelWhereTheEngineSupportsIt() {
    assertEquals(INT8, PrecisionPolicy.forInference(ALL, true));
    assertEquals(FP32, PrecisionPolicy.forInference(ALL, false));
    assertEquals(FP32, PrecisionPolicy.forInference(HALVES, true));
  }

  @Test
  void theFastestInferenceFallsBackToBf16AndThenToFp32() {
    assertEquals(INT8, PrecisionPolicy.fastestForInference(ALL, true));
    assertEquals(BF16, PrecisionPolicy.fastestForInference(ALL, false));
    assertEquals(BF16, PrecisionPolicy.fastestForInference(HALVES, true));
    assertEquals(FP32, PrecisionPolicy.fastestForInference(INTEGERS, false));
    assertEquals(FP32, PrecisionPolicy.fastestForInference(FLOATS, true));
  }

  @Test
  void whatIsNotPossibleIsRefusedWithAReason() {
    assertEquals(
        Optional.of("training computes in fp32 or bf16, not in int8"),
        PrecisionPolicy.trainingRefusal(INT8));
    assertEquals(
        Optional.of("gradients of the images are computed in fp32 or bf16, not in int8"),
        PrecisionPolicy.gradientRefusal(INT8));
    assertEquals(
        Optional.of("the model is not quantized, so it cannot compute in int8"),
        PrecisionPolicy.inferenceRefusal(INT8, false));
    assertEquals(
        Optional.of("an engine does not compute in bf16"),
        PrecisionPolicy.engineRefusal(FLOATS, BF16));
  }

  @Test
  void whatIsPossibleIsNotRefused() {
    for (Precision floats : new Precision[] {FP32, BF16}) {
      assertEquals(Optional.empty(), PrecisionPolicy.trainingRefusal(floats));
      assertEquals(Optional.empty(), PrecisionPolicy.gradientRefusal(floats));
      assertEquals(Optional.empty(), PrecisionPolicy.inferenceRefusal(floats, false));
    }
    for (Precision precision : Precision.values()) {
      assertEquals(Optional.empty(), PrecisionPolicy.inferenceRefusal(precision, true));
      assertEquals(Optional.empty(), PrecisionPolicy.engineRefusal(ALL, precision));
    }
  }
}
