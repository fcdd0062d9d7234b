package org.nin4j.tracking;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.nin4j.data.DataSource;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.fuzz.TinyModels;
import org.nin4j.train.Checkpoint;
import org.nin4j.train.ClassCounts;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.ImageCounts;
import org.nin4j.train.Recipe;
import org.nin4j.train.Score;
import org.nin4j.train.Start;
import org.nin4j.train.TrainingSetup;
import org.nin4j.train.schedule.ScheduleState;

/** What the files of a run hold, as valid input to begin with. */
final class TinyRun {
  private TinyRun() {}

  static TrainingSetup setup() {
    return new TrainingSetup(
        TinyModels.tiny(),
        Recipe.D2L,
        7,
        Precision.FP32,
        new DataSource("data"),
        "0a1b",
        Optional.of(
            new Start(Optional.of("model"), "2c", TinyModels.preprocessing(), List.of("0"))),
        Set.of("0"));
  }

  static List<EpochMetrics> history() {
    Score score = new Score(0.5, 0.75);
    return List.of(
        new EpochMetrics(1, score, Optional.of(score), Optional.empty(), 100.5),
        new EpochMetrics(2, score, Optional.empty(), Optional.of(score), 99.5));
  }

  static Checkpoint checkpoint() {
    TrainingSetup setup = setup();
    Map<String, Weights> moments = setup.createOptimizer().moments();
    return new Checkpoint(
        setup,
        Weights.zeros(setup.network()),
        moments,
        3,
        new ScheduleState(0.5, 0.25, 1),
        history(),
        new Checkpoint.EpochSums(1, 0.5, 2, 3));
  }

  static RunRecord record() {
    return new RunRecord(
        setup(),
        new RunEnvironment("1", "plain Java", "17", "Linux", Optional.of("any"), 2, 64, "now"),
        new DataManifest(
            new ImageCounts(
                3,
                OptionalInt.of(1),
                OptionalInt.empty(),
                List.of(new ClassCounts("cat", 2, 1, 0), new ClassCounts("dog", 1, 0, 0))),
            0,
            1),
        2,
        new RunProgress(
            RunProgress.Status.FINISHED, Optional.empty(), Optional.of(history().get(1)), 1.5, 1));
  }
}
