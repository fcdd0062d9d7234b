package org.nin4j.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.conformance.Report;
import org.nin4j.data.Augmentation;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.engine.reference.ReferenceEngine;
import org.nin4j.nn.Network;

/**
 * Fifty steps of the Trainer go where PyTorch's go, from the same weights over the same batches and
 * dropout masks.
 *
 * <p>The truth is PyTorch in double precision. How far rounding alone leads away from it is seen
 * from PyTorch in single precision, from the same weights and from some that are moved by a
 * rounding: the Trainer may be off by {@link #MARGIN} times the largest deviation of those runs up
 * to the same step, and by a few roundings where they agree by chance.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrajectoryTest {
  private static final int STEPS = 50;
  private static final int RUNS = 4;
  private static final double MARGIN = 4;
  private static final double UNIT = 0x1p-24;
  private static final double FEW = 16 * UNIT;
  private static final long SEED = 3;

  private final Network network = TinyTask.network();
  private final DatasetSplits data = TinyTask.data();
  private final List<String> rows = new ArrayList<>();

  /** A recipe by what is special about it. */
  private record Setting(String name, Recipe recipe) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Setting> settings() {
    OptimizerConfig plain = new OptimizerConfig.Sgd(0, false, 0);
    OptimizerConfig momentum = new OptimizerConfig.Sgd(0.9f, false, 0);
    OptimizerConfig adam = new OptimizerConfig.AdamW(0.9f, 0.99f, 1e-8f, 0.01f);
    Schedule constant = Schedule.constant(0.02);
    Schedule slow = Schedule.constant(0.005);
    double none = Double.POSITIVE_INFINITY;
    return Stream.of(
        setting("SGD", plain, constant, none, 0),
        setting("momentum", momentum, constant, none, 0),
        setting("Nesterov", new OptimizerConfig.Sgd(0.9f, true, 0), constant, none, 0),
        setting("weight decay", new OptimizerConfig.Sgd(0, false, 0.05f), constant, none, 0),
        setting(
            "Nesterov and weight decay",
            new OptimizerConfig.Sgd(0.8f, true, 0.05f),
            constant,
            none,
            0),
        setting("AdamW", adam, slow, none, 0),
        setting("AdamW, PyTorch's betas", new OptimizerConfig.AdamW(0.1f), slow, none, 0),
        setting("warm-up", momentum, new Schedule(0.02, 0.3, false), none, 0),
        setting("cosine", momentum, new Schedule(0.02, 0, true), none, 0),
        setting("AdamW, warm-up and cosine", adam, new Schedule(0.01, 0.1, true), none, 0),
        setting("clipping", momentum, constant, 0.1, 0),
        setting("label smoothing", momentum, constant, none, 0.1),
        setting("all of the default recipe", adam, new Schedule(0.01, 0.1, true), 1, 0.1));
  }

  private static Setting setting(
      String name, OptimizerConfig optimizer, Schedule schedule, double clip, double smoothing) {
    return new Setting(
        name,
        new Recipe(
            name,
            Initializer.IDENTITY_HEAD,
            optimizer,
            schedule,
            5,
            5,
            8,
            clip,
            new Augmentation(true, 1),
            true,
            smoothing));
  }

  @AfterAll
  void report() {
    Report.section(
        50,
        "Training",
        """
        %d steps of the Trainer, with BatchNorm2d and Dropout, beside PyTorch's own optimizers, its
        autograd and its cross-entropy in double precision. In each cell the largest error beside
        what is allowed there: %d times the largest of %d runs of PyTorch in single precision, up to
        the same step. (The bias in front of a BatchNorm2d has no gradient but roundings, and AdamW,
        which divides by their size, makes steps of them: the large figures are its.)

        | recipe | engine | losses | final weights |
        |---|---|---|---|
        %s
        """
            .formatted(STEPS, (int) MARGIN, RUNS, String.join("\n", rows)));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void theTrainerGoesWherePyTorchGoes(Setting setting) throws IOException {
    Recipe recipe = setting.recipe();
    Weights start = recipe.initializer().initialize(network, SEED);
    TorchTraining truth = TorchTraining.run(network, data, recipe, SEED, start, ScalarType.Double);
    List<TorchTraining> singles = new ArrayList<>();
    for (int run = 0; run < RUNS; run++) {
      Weights moved = run == 0 ? start : movedByARounding(start, run);
      singles.add(TorchTraining.run(network, data, recipe, SEED, moved, ScalarType.Float));
    }
    assertEquals(STEPS, truth.losses.size());
    for (Engine engine : List.of(new ReferenceEngine(), new OneDnnEngine())) {
      List<Double> losses = new ArrayList<>();
      Weights end = train(engine, recipe, losses);
      Worst loss = losses(losses, truth, singles);
      Worst weight = weights(end, truth, singles);
      String name = engine instanceof OneDnnEngine ? "oneDNN" : "reference";
      rows.add(String.format(Locale.ROOT, "| %s | %s | %s | %s |", setting, name, loss, weight));
      assertTrue(loss.ratio <= 1 && weight.ratio <= 1, () -> rows.get(rows.size() - 1));
    }
  }

  /** The product's own training; its losses follow from the means that it reports. */
  private Weights train(Engine engine, Recipe recipe, List<Double> losses) throws IOException {
    int batch = recipe.batchSize();
    double[] sum = {0};
    return new Trainer(engine, network, data, recipe)
        .seed(SEED)
        .precision(Precision.FP32)
        .listen(
            new TrainingListener() {
              @Override
              public void onBatch(Progress progress) {
                double before = progress.batch() == 1 ? 0 : sum[0];
                sum[0] = progress.loss() * progress.batch() * batch;
                losses.add((sum[0] - before) / batch);
              }
            })
        .train()
        .model()
        .weights();
  }

  private static Weights movedByARounding(Weights start, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    Weights moved = start.copy();
    for (int i = 0; i < moved.count(); i++) {
      float[] values = moved.values(i);
      for (int j = 0; j < values.length; j++) {
        values[j] = random.nextBoolean() ? Math.nextUp(values[j]) : Math.nextDown(values[j]);
      }
    }
    return moved;
  }

  /** The error that is nearest to, or furthest above, what is allowed. */
  private static final class Worst {
    double ratio;
    private double error;
    private double allowed = FEW;

    void consider(double newError, double newAllowed) {
      double newRatio = newError / newAllowed;
      if (!(newRatio <= ratio)) {
        ratio = Double.isNaN(newRatio) ? Double.POSITIVE_INFINITY : newRatio;
        error = newError;
        allowed = newAllowed;
      }
    }

    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%.1e of %.1e", error, allowed);
    }
  }

  private static Worst losses(List<Double> ours, TorchTraining truth, List<TorchTraining> singles) {
    Worst worst = new Worst();
    double spread = 0;
    for (int step = 0; step < STEPS; step++) {
      double right = truth.losses.get(step);
      for (TorchTraining single : singles) {
        spread = Math.max(spread, Math.abs(single.losses.get(step) - right));
      }
      worst.consider(Math.abs(ours.get(step) - right), MARGIN * spread + FEW * (1 + right));
    }
    return worst;
  }

  private static Worst weights(Weights ours, TorchTraining truth, List<TorchTraining> singles) {
    Worst worst = new Worst();
    truth.weights.forEach(
        (name, values) -> {
          double spread = 0;
          double scale = 0;
          double error = 0;
          for (int i = 0; i < values.length; i++) {
            scale = Math.max(scale, Math.abs(values[i]));
            error = Math.max(error, Math.abs(ours.values(name)[i] - values[i]));
            for (TorchTraining single : singles) {
              spread = Math.max(spread, Math.abs(single.weights.get(name)[i] - values[i]));
            }
          }
          worst.consider(error, MARGIN * spread + FEW * scale);
        });
    return worst;
  }
}
