package org.nin4j.conformance.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nin4j.Engines;
import org.nin4j.conformance.Report;
import org.nin4j.conformance.training.RoundingBand.Worst;
import org.nin4j.engine.Engine;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.schedule.Schedule;

/** A training follows PyTorch's trajectory, as closely as single precision allows. */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TrajectoryTest {
  /** The smallest error of a training with one changed constant, as a multiple of the tolerance. */
  private static final double CLEARLY = 2;

  private static final Schedule SCHEDULE = Schedule.cosine(0.02).withWarmUp(0.5);
  private final StringBuilder rows = new StringBuilder();
  private double smallestDefect = Double.POSITIVE_INFINITY;
  private int threads;

  /** For matrices this small a second thread costs more than it brings. */
  @BeforeAll
  void useOneThread() {
    threads = torch.get_num_threads();
    torch.set_num_threads(1);
  }

  @AfterAll
  void report() {
    torch.set_num_threads(threads);
    Report.section(
        50,
        "Training trajectories",
        """
        %d steps of a small NiN with BatchNorm2d (without it where batches are split into shards, over
        which it would normalise) on images of the embedded sample, by the trainer itself, compared
        with the same training by PyTorch (its autograd, loss, clipping and optimizers) from the same
        weights with the same batches. The error is the distance to PyTorch in double precision, of
        the loss of every step and of every final weight and running statistic. The tolerance is
        twice the largest distance so far of PyTorch in single precision, over the given number of
        runs from weights moved by up to 4 units in the last place, plus 4 unit roundoffs. A training
        with one constant changed slightly (a momentum of 0.901 instead of 0.9, a rate higher by a
        thousandth, ...) leaves that band: its error is at least %.0f times the tolerance.

        | setting | mean loss of the first and the last 10 steps | runs | reference: loss | weights | oneDNN: loss | weights |
        |---|---|---|---|---|---|---|
        %s"""
            .formatted(TrainingCase.STEPS, Math.floor(smallestDefect), rows));
  }

  static List<TrainingCase> settings() {
    return TrainingCase.all();
  }

  @ParameterizedTest
  @MethodSource("settings")
  void fiftyStepsStayWithinTheRoundingOfPyTorchs(TrainingCase setting) {
    RoundingBand band = new RoundingBand(setting);
    assertTrue(band.lastLoss() < band.firstLoss(), "the loss must fall");
    StringBuilder cells = new StringBuilder();
    for (Engine engine : new Engine[] {Engines.reference(), Engines.oneDnn()}) {
      Trajectory own = setting.train(engine);
      assertTrue(
          band.explains(own),
          () -> setting + ", " + engine.description() + ", " + describe(band.worst(own)));
      cells.append(" | ").append(band.worstLoss(own)).append(" | ").append(band.worstWeight(own));
    }
    rows.append(
        String.format(
            Locale.ROOT,
            "| %s | %.3f to %.3f | %d%s |%n",
            setting,
            band.firstLoss(),
            band.lastLoss(),
            band.runs(),
            cells));
  }

  @Test
  void oneChangedConstantOfSgdLeavesTheBand() {
    leavesTheBand(
        sgd(0.9f, true, 0.01f),
        sgd(0.901f, true, 0.01f),
        sgd(0.9f, false, 0.01f),
        sgd(0.9f, true, 0.0101f),
        sgd(0.9f, true, 0.01f).with(Schedule.cosine(0.02002).withWarmUp(0.5)),
        sgd(0.9f, true, 0.01f).with(Schedule.cosine(0.02).withWarmUp(0.48)),
        sgd(0.9f, true, 0.01f).clipping(0.5005),
        sgd(0.9f, true, 0.01f).smoothing(0.1001));
  }

  @Test
  void oneChangedConstantOfAdamWLeavesTheBand() {
    leavesTheBand(
        adamW(0.9f, 0.99f, 1e-3f, 0.1f),
        adamW(0.901f, 0.99f, 1e-3f, 0.1f),
        adamW(0.9f, 0.991f, 1e-3f, 0.1f),
        adamW(0.9f, 0.99f, 1.01e-3f, 0.1f),
        adamW(0.9f, 0.99f, 1e-3f, 0.101f));
  }

  private static TrainingCase sgd(float momentum, boolean nesterov, float decay) {
    return TrainingCase.of("SGD", new OptimizerConfig.Sgd(momentum, nesterov, decay), SCHEDULE)
        .clipping(0.5)
        .smoothing(0.1);
  }

  private static TrainingCase adamW(float beta1, float beta2, float eps, float decay) {
    return TrainingCase.of(
        "AdamW", new OptimizerConfig.AdamW(beta1, beta2, eps, decay), Schedule.constant(0.002));
  }

  private void leavesTheBand(TrainingCase right, TrainingCase... wrong) {
    RoundingBand band = new RoundingBand(right);
    Engine engine = Engines.reference();
    Trajectory own = right.train(engine);
    assertTrue(band.explains(own), () -> describe(band.worst(own)));
    for (TrainingCase each : wrong) {
      double ratio = band.worst(each.train(engine)).ratio();
      smallestDefect = Math.min(smallestDefect, ratio);
      assertTrue(ratio > CLEARLY, each.recipe() + " is only " + ratio + " times the tolerance");
    }
  }

  private static String describe(Worst worst) {
    return worst.where() + ": " + worst;
  }
}
