package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.Engines;
import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/** What folding makes of networks and weights, and that inference runs on it. */
class BatchNormFoldingTest {
  static Stream<Engine> engines() {
    return Stream.of(Engines.reference(), Engines.oneDnn());
  }

  private static Conv2d convolution(int in, int out, int kernel, boolean bias) {
    return new Conv2d(in, out, Size2d.of(kernel), Size2d.of(1), Size2d.of(kernel / 2), bias);
  }

  private static Sequential block(int in, int out, int kernel) {
    return new Sequential(
        convolution(in, out, kernel, false),
        new BatchNorm2d(out),
        new ReLU(),
        convolution(out, out, 1, true),
        new BatchNorm2d(out),
        new ReLU());
  }

  private static Trial nin() {
    Sequential layers =
        new Sequential(
            block(3, 16, 5),
            new MaxPool2d(3, 2),
            new Dropout(0.5f),
            block(16, 20, 3),
            new Conv2d(20, 10, 1),
            new AdaptiveAvgPool2d(1),
            new Flatten());
    return new Trial(new Network("nin", Shape.of(1, 3, 12, 12), layers), 5, 5, 3);
  }

  private static BatchNormFolding of(Layer... layers) {
    return BatchNormFolding.of(Trial.of(Shape.of(1, 1, 2, 2), 1, layers).network);
  }

  private static List<String> kinds(Network network) {
    return network.layers().leaves().stream()
        .map(placed -> placed.path() + " " + placed.layer().kind())
        .toList();
  }

  // factor 3 / sqrt(3 + 1) and 2 / sqrt(15 + 1); bias (0.5 - 1) 1.5 + 7 and (2 - 10) 0.5 - 6.
  @Test
  void theConvolutionIsScaledAndShifted() {
    Trial trial =
        Trial.of(Shape.of(1, 1, 2, 2), 1, convolution(1, 2, 1, true), new BatchNorm2d(2, 1f, 0.1f))
            .with("0.0.weight", 2, -4)
            .with("0.0.bias", 0.5f, 2)
            .with("0.1.weight", 3, 2)
            .with("0.1.bias", 7, -6)
            .with("0.1.running_mean", 1, 10)
            .with("0.1.running_var", 3, 15);
    Weights folded = BatchNormFolding.of(trial.network).fold(trial.weights);
    assertEquals(2, folded.count());
    assertArrayEquals(new float[] {3, -2}, folded.values("0.0.weight"));
    assertArrayEquals(new float[] {6.25f, -10}, folded.values("0.0.bias"));
  }

  @Test
  void aConvolutionWithoutBiasGetsOne() {
    Network network = of(convolution(1, 2, 1, false), new BatchNorm2d(2)).network();
    assertEquals(List.of("0.0 Conv2d", "1 Flatten"), kinds(network));
    assertTrue(((Conv2d) network.layers().leaves().get(0).layer()).bias());
  }

  @Test
  void onlyABatchNormThatDirectlyFollowsAConvolutionIsFolded() {
    assertEquals(
        List.of("0.0 BatchNorm2d", "0.1 Conv2d", "0.2 BatchNorm2d", "0.3 ReLU", "1 Flatten"),
        kinds(
            of(
                    new BatchNorm2d(1),
                    convolution(1, 2, 1, true),
                    new BatchNorm2d(2),
                    new BatchNorm2d(2),
                    new ReLU())
                .network()));
    Network kept =
        Trial.of(
                Shape.of(1, 1, 2, 2),
                1,
                convolution(1, 2, 1, false),
                new ReLU(),
                new BatchNorm2d(2))
            .network;
    assertSame(kept, BatchNormFolding.of(kept).network());
  }

  @Test
  void aBlockOfNothingButAFoldedBatchNormGoes() {
    BatchNormFolding folding =
        of(
            convolution(1, 2, 1, true),
            new Sequential(new Sequential(new BatchNorm2d(2))),
            new Sequential(new ReLU()));
    assertEquals(List.of("0.0 Conv2d", "0.1.0 ReLU", "1 Flatten"), kinds(folding.network()));
  }

  @Test
  void whereThereIsNothingToFoldNetworkAndWeightsAreTheSame() {
    Trial trial = Trial.of(Shape.of(1, 1, 2, 2), 1, new Conv2d(1, 2, 1), new ReLU());
    BatchNormFolding folding = BatchNormFolding.of(trial.network);
    assertSame(trial.network, folding.network());
    assertSame(trial.weights, folding.fold(trial.weights));
  }

  @Test
  void weightsOfAnotherNetworkAreRefused() {
    Weights others = Weights.zeros(of(new Conv2d(1, 3, 1)).network());
    String message =
        assertThrows(
                IllegalArgumentException.class,
                () -> of(new Conv2d(1, 2, 1), new BatchNorm2d(2)).fold(others))
            .getMessage();
    assertEquals("the weights are not those of network 'trial'", message);
  }

  /** Folding rounds each weight once more, as much as one more term of each sum. */
  @ParameterizedTest
  @MethodSource("engines")
  void theLogitsAreTheSameUpToRounding(Engine engine) {
    Trial trial = nin();
    float[] expected = trial.infer(Engines.reference());
    float largest = 1;
    for (float logit : expected) {
      largest = Math.max(largest, Math.abs(logit));
    }
    float tolerance = (float) (EngineAgreement.tolerance(trial) * largest);
    assertArrayEquals(expected, replicated(engine, trial), tolerance);
  }

  private static float[] replicated(Engine engine, Trial trial) {
    float[] logits = new float[trial.logitsGradient.length];
    PlanSpec spec = PlanSpec.of(trial.network, trial.batch, Precision.FP32);
    try (InferenceReplicas replicas = new InferenceReplicas(engine, spec, 1)) {
      replicas.load(trial.weights);
      replicas.run(trial.images, 0, trial.count, logits, 0);
    }
    return logits;
  }

  @ParameterizedTest
  @MethodSource("engines")
  void replicasRunTheFoldedNetwork(Engine engine) {
    Trial trial = nin();
    BatchNormFolding folding = BatchNormFolding.of(trial.network);
    assertTrue(kinds(folding.network()).stream().noneMatch(kind -> kind.endsWith("BatchNorm2d")));
    float[] logits = new float[trial.logitsGradient.length];
    try (OwnWeights plan =
        OwnWeights.compile(engine, folding.network(), trial.batch, Precision.FP32)) {
      plan.load(folding.fold(trial.weights));
      plan.run(trial.images, trial.count, logits);
    }
    assertArrayEquals(logits, replicated(engine, trial), 0);
  }

  @ParameterizedTest
  @MethodSource("engines")
  void replicasThatKeepOutputsOfLayersFoldNothing(Engine engine) {
    Trial trial = nin();
    List<String> paths = new ArrayList<>();
    for (PlacedLayer placed : trial.network.layers().leaves()) {
      paths.add(placed.path());
    }
    PlanSpec spec = PlanSpec.of(trial.network, 5, Precision.FP32).withOutputs(paths);
    float[] expected = new float[5 * 16 * 12 * 12];
    float[] output = new float[expected.length];
    try (OwnWeights plan = OwnWeights.compile(engine, spec);
        InferenceReplicas replicas = new InferenceReplicas(engine, spec, 1)) {
      plan.load(trial.weights);
      plan.run(trial.images, 5, new float[50]);
      plan.plan().output(paths.indexOf("0.1"), expected);
      replicas.load(trial.weights);
      replicas.use(
          each -> {
            each.run(trial.images, 5, new float[50]);
            each.output(paths.indexOf("0.1"), output);
          });
    }
    assertArrayEquals(expected, output, 0);
  }
}
