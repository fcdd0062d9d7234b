package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.nin4j.Engines;
import org.nin4j.data.DatasetScan;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.engine.Weights;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

class DataInitializationTest {
  private static final Engine ENGINE = Engines.reference();
  private static final Preprocessing PREPROCESSING =
      DatasetScan.of(TinyTask.data()).normalizing(8, 8);

  private static final Network NETWORK =
      new Network(
          "small",
          Shape.of(1, 1, 8, 8),
          new Sequential(
              new Conv2d(1, 9, 2),
              new ReLU(),
              new Conv2d(9, 5, 3),
              new ReLU(),
              new Flatten(),
              new Linear(125, 3)));

  private static Weights initialized(Network network, DataInitializer initializer) {
    Weights weights = Initializer.XAVIER_UNIFORM.initialize(network, 3);
    DataInitialization.apply(
        List.of(initializer), ENGINE, network, weights, TinyTask.data().train(), PREPROCESSING, 3);
    return weights;
  }

  private static float[] outputs(Weights weights, String path, float[] images, int count) {
    PlanSpec spec = PlanSpec.of(NETWORK, count, Precision.FP32).withOutputs(List.of(path));
    float[] outputs = new float[(int) spec.outputShapes().get(0).withBatch(count).elements()];
    try (PreparedWeights prepared = ENGINE.prepare(NETWORK);
        InferencePlan plan = ENGINE.compileInference(spec, prepared)) {
      prepared.load(weights);
      plan.run(images, count, new float[count * 3]);
      plan.output(0, outputs);
    }
    return outputs;
  }

  private static float[] allImages() {
    int count = TinyTask.data().train().size();
    float[] images = new float[count * 64];
    try (var epoch =
        org.nin4j.data.DataLoader.inOrder(TinyTask.data().train(), PREPROCESSING, count)
            .epoch(0, 0)) {
      System.arraycopy(epoch.next().images(), 0, images, 0, images.length);
    }
    return images;
  }

  @Test
  void lsuvGivesTheOutputsOfEachLayerUnitVariance() {
    int count = TinyTask.data().train().size();
    Weights weights = initialized(NETWORK, new Lsuv(count, 0.01));
    for (String path : List.of("0", "2", "5")) {
      float[] outputs = outputs(weights, path, allImages(), count);
      double sum = 0;
      double squares = 0;
      for (float output : outputs) {
        sum += output;
        squares += (double) output * output;
      }
      double mean = sum / outputs.length;
      assertEquals(1, squares / outputs.length - mean * mean, 0.0101, "layer " + path);
    }
  }

  @Test
  void lsuvChangesOnlyTheScaleOfWeights() {
    Weights before = Initializer.XAVIER_UNIFORM.initialize(NETWORK, 3);
    Weights after = initialized(NETWORK, new Lsuv(20, 0.01));
    for (Parameter parameter : NETWORK.parameters()) {
      float[] old = before.values(parameter.name());
      float[] scaled = after.values(parameter.name());
      double scale = parameter.role() == Parameter.Role.WEIGHT ? scaled[0] / (double) old[0] : 1;
      for (int i = 0; i < old.length; i++) {
        assertEquals(scale * old[i], scaled[i], 1e-6 * Math.abs(scaled[i]), parameter.name());
      }
    }
  }

  /** The second moments of what the filters output over all patches are the identity. */
  @Test
  void whitenedPatchesHaveUncorrelatedOutputsOfUnitSize() {
    int count = TinyTask.data().train().size();
    Weights weights = initialized(NETWORK, new Whitening(count, 1e-9));
    java.util.Arrays.fill(weights.values("0.bias"), 0);
    float[] outputs = outputs(weights, "0", allImages(), count);
    int area = 49;
    for (int a = 0; a < 4; a++) {
      for (int b = 0; b < 8; b++) {
        double sum = 0;
        for (int n = 0; n < count; n++) {
          for (int i = 0; i < area; i++) {
            sum += (double) outputs[(n * 9 + a) * area + i] * outputs[(n * 9 + b) * area + i];
          }
        }
        double expected = b == a ? 1 : b == a + 4 ? -1 : 0;
        assertEquals(expected, sum / count / area, 1e-3, a + " and " + b);
      }
    }
  }

  @Test
  void filtersThatWhiteningDoesNotNeedKeepTheirValues() {
    float[] before = Initializer.XAVIER_UNIFORM.initialize(NETWORK, 3).values("0.weight");
    float[] after = initialized(NETWORK, new Whitening(5, 1e-3)).values("0.weight");
    for (int i = 8 * 4; i < 9 * 4; i++) {
      assertEquals(before[i], after[i]);
    }
  }

  @Test
  void whiteningNeedsAConvolutionInFront() {
    Network linear =
        new Network(
            "linear",
            Shape.of(1, 1, 8, 8),
            new Sequential(new AdaptiveAvgPool2d(2), new Flatten(), new Linear(4, 3)));
    assertThrows(IllegalArgumentException.class, () -> initialized(linear, new Whitening(5, 1e-3)));
  }

  @Test
  void aTrainingWithAllOfThemResumesToTheSameBits() throws IOException {
    Recipe recipe =
        TinyTask.recipe()
            .with(
                r ->
                    r.epochs(2)
                        .dataInitializers(List.of(new Whitening(9, 1e-3), new Lsuv(9, 0.1)))
                        .emaDecay(0.9));
    TrainingResult straight = TinyTask.trainer(recipe).train();
    MemoryStore store = new MemoryStore();
    StopAfter.steps(TinyTask.BATCHES + 2).run(TinyTask.trainer(recipe).store(store));
    TrainingResult resumed = TinyTask.trainer(recipe).store(store).train();
    assertTrue(sameBits(straight.model().weights(), resumed.model().weights()));
    Weights last = store.checkpoints.get(store.checkpoints.size() - 1).weights();
    assertTrue(!sameBits(last, straight.model().weights()), "the average is what is saved");
  }

  /** A = Q diag(values) Q^T is what the decomposition must give back. */
  @Test
  void eigenvectorsOfASymmetricMatrixAreOrthonormalAndGiveItBack() {
    int n = 7;
    Random random = new Random(5);
    double[][] matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j <= i; j++) {
        matrix[i][j] = random.nextGaussian();
        matrix[j][i] = matrix[i][j];
      }
    }
    double[][] copy = new double[n][];
    for (int i = 0; i < n; i++) {
      copy[i] = matrix[i].clone();
    }
    SymmetricEigen eigen = SymmetricEigen.of(copy);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double back = 0;
        double product = 0;
        for (int k = 0; k < n; k++) {
          back += eigen.value(k) * eigen.vector(k)[i] * eigen.vector(k)[j];
          product += eigen.vector(i)[k] * eigen.vector(j)[k];
        }
        assertEquals(matrix[i][j], back, 1e-12);
        assertEquals(i == j ? 1 : 0, product, 1e-12);
      }
      assertTrue(i == 0 || eigen.value(i - 1) >= eigen.value(i));
    }
  }
}
