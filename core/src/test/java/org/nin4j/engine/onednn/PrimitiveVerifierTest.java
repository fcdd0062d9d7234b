package org.nin4j.engine.onednn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Trial;
import org.nin4j.engine.WholeBatch;
import org.nin4j.engine.onednn.PrimitiveVerifier.FaultInjector;
import org.nin4j.engine.onednn.verify.BatchNormalization;
import org.nin4j.engine.onednn.verify.Convolution;
import org.nin4j.engine.onednn.verify.Execution;
import org.nin4j.engine.onednn.verify.MemoryArgument;
import org.nin4j.engine.onednn.verify.Operand;
import org.nin4j.engine.onednn.verify.PrimitiveCheck;
import org.nin4j.engine.onednn.verify.VerifiedPrimitives;
import org.nin4j.engine.reference.ReferenceEngine;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** Whatever a primitive computes wrong is noticed when its plan is compiled. */
class PrimitiveVerifierTest {
  /** A result of a kind of primitive: {@code Pooling DIFF_SRC}. */
  private record Target(String check, MemoryArgument result) {}

  private static final Size2d THREE = Size2d.of(3);
  private static final Size2d TWO = Size2d.of(2);
  private static final Size2d ONE = Size2d.of(1);
  private static final Size2d ZERO = Size2d.of(0);

  /**
   * Every kind of layer, and so every kind of primitive. The first BatchNorm2d takes the ReLU
   * behind it, where oneDNN has fast code for that.
   */
  private static Trial everyKind() {
    Layer[] layers = {
      new Conv2d(3, 5, THREE, ONE, ONE, true),
      new ReLU(),
      new BatchNorm2d(5, 1e-5f, 0.1f),
      new ReLU(),
      new MaxPool2d(THREE, TWO, ZERO, false),
      new Dropout(0.5f),
      new Conv2d(5, 6, TWO, ONE, ZERO, false),
      new BatchNorm2d(6, 1e-5f, 0.1f),
      new AvgPool2d(TWO, ONE, ONE, false, true),
      new AdaptiveAvgPool2d(THREE),
      new AdaptiveAvgPool2d(TWO)
    };
    return Trial.of(Shape.of(1, 3, 11, 12), 3, layers);
  }

  private static Trial linear() {
    return Trial.of(Shape.of(1, 7, 1, 1), 3, new Flatten(), new Linear(7, 4, true));
  }

  private static OneDnnEngine engine(VerifiedPrimitives verified, FaultInjector tampering) {
    NativeLibrary library = NativeLibrary.get();
    assumeTrue(library.failure() == null, "there is no oneDNN here");
    return new OneDnnEngine(library, new PrimitiveVerifier(library, verified, tampering));
  }

  /** Every result of the primitives of the two networks' plans, with every fault. */
  static List<Arguments> faults() {
    Set<Target> targets = new HashSet<>();
    Engine engine =
        engine(
            VerifiedPrimitives.none(),
            (implementation, check, execution) -> {
              for (Operand operand : check.operands()) {
                if (operand.use() == Operand.Use.OUTPUT) {
                  targets.add(target(check, operand));
                }
              }
              return execution;
            });
    List<Arguments> faults = new ArrayList<>();
    for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
      if (engine.supports(precision)) {
        compileAll(engine, precision);
        assertEquals(Set.of(), missing(targets));
        for (Target target : targets) {
          for (Fault fault : Fault.values()) {
            faults.add(Arguments.of(precision, target, fault));
          }
        }
      }
    }
    return faults;
  }

  private static Target target(PrimitiveCheck check, Operand operand) {
    return new Target(kind(check), operand.argument());
  }

  private static String kind(PrimitiveCheck check) {
    if (check instanceof Convolution convolution) {
      return "Convolution " + convolution.pass();
    }
    if (check instanceof BatchNormalization norm) {
      return "BatchNormalization " + norm.mode() + (norm.withReLU() ? " with ReLU" : "");
    }
    return check.getClass().getSimpleName();
  }

  private static Set<Target> missing(Set<Target> present) {
    Set<Target> wanted =
        new HashSet<>(
            List.of(
                new Target("Convolution FORWARD", MemoryArgument.DST),
                new Target("Convolution BACKWARD_DATA", MemoryArgument.DIFF_SRC),
                new Target("Convolution BACKWARD_WEIGHTS", MemoryArgument.DIFF_WEIGHTS),
                new Target("Convolution BACKWARD_WEIGHTS", MemoryArgument.DIFF_BIAS),
                new Target("MatrixProduct", MemoryArgument.DST),
                new Target("Pooling", MemoryArgument.DST),
                new Target("Pooling", MemoryArgument.DIFF_SRC),
                new Target("BatchNormalization INFERENCE", MemoryArgument.DST),
                new Target("BatchNormalization TRAINING", MemoryArgument.DST),
                new Target("BatchNormalization TRAINING", MemoryArgument.MEAN),
                new Target("BatchNormalization TRAINING", MemoryArgument.VARIANCE),
                new Target("BatchNormalization BACKWARD", MemoryArgument.DIFF_SRC),
                new Target("BatchNormalization BACKWARD", MemoryArgument.DIFF_SCALE),
                new Target("BatchNormalization BACKWARD", MemoryArgument.DIFF_SHIFT),
                new Target("Relu", MemoryArgument.DST),
                new Target("Relu", MemoryArgument.DIFF_SRC),
                new Target("MaskProduct", MemoryArgument.DST),
                new Target("Reorder", MemoryArgument.DST)));
    wanted.removeAll(present);
    return wanted;
  }

  private static void compileAll(Engine engine, Precision precision) {
    compile(engine, everyKind(), precision);
    compile(engine, linear(), precision);
  }

  private static void compile(Engine engine, Trial trial, Precision precision) {
    WholeBatch.compile(
            engine, trial.network, trial.batch, precision, Gradients.OF_PARAMETERS_AND_INPUT)
        .close();
    OwnWeights.compile(engine, trial.network, trial.batch, precision).close();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void aFaultInAnyKindOfPrimitiveIsFoundWhenThePlanIsCompiled(
      Precision precision, Target target, Fault fault) {
    Engine engine =
        engine(
            VerifiedPrimitives.none(),
            (implementation, check, execution) -> spoiled(check, execution, target, fault));
    EngineException thrown =
        assertThrows(EngineException.class, () -> compileAll(engine, precision));
    assertTrue(thrown.getMessage().contains("in every way that it has"), thrown.getMessage());
  }

  private static Execution spoiled(
      PrimitiveCheck check, Execution execution, Target target, Fault fault) {
    for (Operand operand : check.operands()) {
      if (target(check, operand).equals(target)) {
        return fault.in(execution, operand);
      }
    }
    return execution;
  }

  @Test
  void anImplementationThatIsWrongGivesWayToTheNext() {
    Trial trial = everyKind();
    List<String> tried = new ArrayList<>();
    Target convolution = new Target("Convolution FORWARD", MemoryArgument.DST);
    Engine engine =
        engine(
            VerifiedPrimitives.none(),
            (implementation, check, execution) -> {
              if (kind(check).equals(convolution.check())) {
                tried.add(implementation);
              }
              return tried.size() == 1
                  ? spoiled(check, execution, convolution, Fault.ONE_VALUE)
                  : execution;
            });
    float[] logits = trial.infer(engine, Precision.FP32);
    assertTrue(!tried.get(0).equals(tried.get(1)), tried.toString());
    float[] expected = trial.infer(new ReferenceEngine(), Precision.FP32);
    assertArrayEquals(expected, logits, 1e-5f);
  }

  @Test
  void whatWasVerifiedIsNotRunAgainByLaterProcesses(@TempDir Path folder) {
    AtomicInteger runs = new AtomicInteger();
    FaultInjector counting =
        (implementation, check, execution) -> {
          runs.incrementAndGet();
          return execution;
        };
    compileAll(engine(VerifiedPrimitives.of("setting", folder), counting), Precision.FP32);
    assertTrue(runs.getAndSet(0) > 20);
    compileAll(engine(VerifiedPrimitives.of("setting", folder), counting), Precision.FP32);
    assertEquals(0, runs.get());
    compileAll(engine(VerifiedPrimitives.of("another", folder), counting), Precision.FP32);
    assertTrue(runs.get() > 20);
  }

  @Test
  void whatWasWrongIsNotTriedAgainByLaterProcesses(@TempDir Path folder) {
    Trial trial = linear();
    Set<String> wrong = new HashSet<>();
    FaultInjector firstIsWrong =
        (implementation, check, execution) -> {
          if (wrong.isEmpty() && kind(check).equals("Convolution FORWARD")) {
            wrong.add(implementation);
            return spoiled(
                check,
                execution,
                new Target("Convolution FORWARD", MemoryArgument.DST),
                Fault.ONE_VALUE);
          }
          return execution;
        };
    compile(engine(VerifiedPrimitives.of("setting", folder), firstIsWrong), trial, Precision.FP32);
    Engine later =
        engine(
            VerifiedPrimitives.of("setting", folder),
            (implementation, check, execution) -> {
              throw new IllegalStateException("run again: " + check);
            });
    compile(later, trial, Precision.FP32);
  }

  @Test
  void faultsInIntegersAreFound() {
    Trial trial =
        Trial.of(
            Shape.of(1, 3, 9, 9),
            3,
            new Conv2d(3, 5, THREE, ONE, ONE, true),
            new ReLU(),
            new MaxPool2d(TWO, TWO, ZERO, false),
            new Conv2d(5, 6, TWO, ONE, ZERO, false));
    Map<String, QuantizedLayer> layers = new HashMap<>();
    Quantization.quantizable(trial.network)
        .forEach(
            placed -> {
              int channels = placed.layer().parameters().get(0).shape().dim(0);
              int zeroPoint = layers.isEmpty() ? 128 : 0;
              layers.put(
                  placed.path(),
                  new QuantizedLayer(
                      new QuantizationParameters(0.01f, zeroPoint),
                      Collections.nCopies(channels, 0.01f)));
            });
    Quantization quantization = new Quantization(layers);
    for (String check : List.of("Convolution FORWARD", "Pooling", "Reorder", "none")) {
      for (Fault fault : Fault.values()) {
        Engine engine =
            engine(
                VerifiedPrimitives.none(),
                (implementation, each, execution) ->
                    spoiled(each, execution, new Target(check, MemoryArgument.DST), fault));
        assumeTrue(engine.supports(Precision.INT8), "no integers here");
        if (check.equals("none")) {
          compile(engine, trial, quantization).close();
        } else {
          assertThrows(EngineException.class, () -> compile(engine, trial, quantization));
        }
      }
    }
  }

  /** More than 8-bit integers can distinguish, and more than bf16 has whole numbers. */
  @Test
  void windowsOfManyValuesAreAccepted() {
    Trial trial =
        Trial.of(
            Shape.of(1, 3, 26, 26),
            3,
            new Conv2d(3, 5, ONE, ONE, ZERO, true),
            new MaxPool2d(Size2d.of(12), ONE, ZERO, false),
            new MaxPool2d(Size2d.of(15), ONE, ZERO, false));
    Engine engine = engine(VerifiedPrimitives.none(), FaultInjector.NONE);
    compile(engine, trial, Precision.FP32);
    if (engine.supports(Precision.BF16)) {
      compile(engine, trial, Precision.BF16);
    }
    if (engine.supports(Precision.INT8)) {
      QuantizedLayer layer =
          new QuantizedLayer(new QuantizationParameters(0.01f, 128), Collections.nCopies(5, 0.01f));
      compile(engine, trial, new Quantization(Map.of("0.0", layer))).close();
    }
  }

  private static OwnWeights compile(Engine engine, Trial trial, Quantization quantization) {
    return OwnWeights.compile(
        engine, PlanSpec.of(trial.network, trial.batch, Precision.INT8, quantization));
  }
}
