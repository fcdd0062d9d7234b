package org.nin4j.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/** The outputs of layers before the logits. */
interface OutputContract {
  float ROUNDING = 1e-5f;

  Engine engine();

  private static Network network() {
    return new Network(
        "observed",
        Shape.of(1, 2, 6, 6),
        new Sequential(
            new Sequential(new Conv2d(2, 5, 3), new ReLU()),
            new MaxPool2d(2, 2),
            new BatchNorm2d(5),
            new ReLU(),
            new Dropout(0.5f),
            new Flatten(),
            new Linear(20, 4),
            new ReLU()));
  }

  /** The network up to a layer, whose logits are the layer's output. */
  private static Trial upTo(Trial trial, int last) {
    List<Layer> layers = new ArrayList<>();
    List<PlacedLayer> leaves = trial.network.layers().leaves();
    leaves.subList(0, last + 1).forEach(placed -> layers.add(placed.layer()));
    layers.add(new Flatten());
    Network network = new Network("part", trial.network.input(), new Sequential(layers));
    Trial part = new Trial(network, trial.count, trial.count, 1).withImages(trial.images);
    int next = 0;
    for (PlacedLayer placed : leaves.subList(0, last + 1)) {
      for (Parameter parameter : placed.parameters()) {
        float[] values = trial.weights.values(parameter.name());
        System.arraycopy(values, 0, part.weights.values(next++), 0, values.length);
      }
    }
    return part;
  }

  @Test
  default void anOutputIsTheLogitsOfTheNetworkUpToThatLayer() {
    Trial trial = new Trial(network(), 3, 3, 1);
    List<PlacedLayer> leaves = trial.network.layers().leaves();
    List<String> paths = leaves.stream().map(PlacedLayer::path).toList();
    float[] logits = new float[12];
    try (OwnWeights plan =
        OwnWeights.compile(
            engine(), PlanSpec.of(trial.network, 4, Precision.FP32).withOutputs(paths))) {
      plan.load(trial.weights);
      plan.run(trial.images, 3, logits);
      for (int i = 0; i < paths.size(); i++) {
        float[] expected = upTo(trial, i).infer(engine());
        float[] output = new float[expected.length];
        plan.plan().output(i, output);
        assertArrayEquals(expected, output, ROUNDING, paths.get(i));
      }
    }
    assertArrayEquals(trial.infer(engine()), logits, ROUNDING);
  }

  @Test
  default void oneOutputLeavesTheOthersAlone() {
    Trial trial = new Trial(network(), 3, 3, 1);
    for (PlacedLayer placed : trial.network.layers().leaves()) {
      float[] logits = new float[12];
      PlanSpec spec =
          PlanSpec.of(trial.network, 3, Precision.FP32).withOutputs(List.of(placed.path()));
      try (OwnWeights plan = OwnWeights.compile(engine(), spec)) {
        plan.load(trial.weights);
        plan.run(trial.images, 3, logits);
      }
      assertArrayEquals(trial.infer(engine()), logits, ROUNDING, placed.path());
    }
  }

  @Test
  default void outputsAreAskedForByPathAndIndex() {
    Trial trial = new Trial(network(), 3, 3, 1);
    PlanSpec spec = PlanSpec.of(trial.network, 3, Precision.FP32);
    String message =
        assertThrows(IllegalArgumentException.class, () -> spec.withOutputs(List.of("0.0", "9.9")))
            .getMessage();
    assertTrue(message.contains("has no layer at '9.9'"), message);
    try (OwnWeights own = OwnWeights.compile(engine(), spec.withOutputs(List.of("1")))) {
      own.load(trial.weights);
      InferencePlan plan = own.plan();
      assertThrows(IllegalStateException.class, () -> plan.output(0, new float[60]));
      plan.run(trial.images, 3, new float[12]);
      message =
          assertThrows(IllegalArgumentException.class, () -> plan.output(0, new float[59]))
              .getMessage();
      assertEquals(
          "the array for the output of layer 1 3x5x2x2 needs 60 values, but has 59", message);
      assertThrows(IllegalArgumentException.class, () -> plan.output(1, new float[60]));
      assertThrows(IllegalArgumentException.class, () -> plan.output(-1, new float[60]));
    }
  }
}
