package org.nin4j.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Recipe;
import org.nin4j.train.Score;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.CheckpointSaved;
import org.nin4j.train.TrainingEvent.Ended;
import org.nin4j.train.TrainingEvent.EpochDone;
import org.nin4j.train.TrainingEvent.Failed;
import org.nin4j.train.TrainingEvent.ModelImproved;
import org.nin4j.train.TrainingEvent.Warning;
import org.nin4j.train.TrainingSetup;

/** What {@code log.txt} says about the events of a training. */
final class LogText {
  private LogText() {}

  /** Describes the start of a run, or of one that is resumed. */
  static List<String> started(RunRecord run, String engine) {
    TrainingSetup setup = run.setup();
    Recipe recipe = setup.recipe();
    int resumes = run.progress().resumes();
    List<String> lines = new ArrayList<>();
    lines.add(
        resumes == 0
            ? "training started, NiN4J " + run.environment().version()
            : "training resumed (resume " + resumes + ")");
    lines.add(
        String.format(
            Locale.ROOT,
            "network %s, %,d parameters, images %s",
            setup.network().name(),
            setup.network().parameterCount(),
            setup.network().input()));
    lines.add(
        String.format(
            Locale.ROOT,
            "data %s, %d classes, %,d training%s%s images",
            setup.data().name(),
            run.data().images().classes().size(),
            run.data().images().train(),
            part(run.data().images().validation(), "validation"),
            part(run.data().images().test(), "test")));
    lines.add(
        String.format(
            Locale.ROOT,
            "recipe %s: %s, learning rate %s, batch size %d, %d epoch%s, seed %d, %s",
            recipe.name(),
            recipe.optimizer().name(),
            recipe.schedule().learningRate(),
            recipe.batchSize(),
            recipe.epochs(),
            recipe.epochs() == 1 ? "" : "s",
            setup.seed(),
            setup.precision()));
    lines.add("engine " + engine);
    return lines;
  }

  private static String part(OptionalInt number, String name) {
    return number.isPresent()
        ? String.format(Locale.ROOT, ", %,d %s", number.getAsInt(), name)
        : "";
  }

  /** Describes any other event; empty for one that is not worth a line. */
  static Optional<String> of(TrainingEvent event) {
    if (event instanceof EpochDone done) {
      return Optional.of(epoch(done.metrics()));
    } else if (event instanceof ModelImproved improved) {
      return Optional.of("the best validation score is that of epoch " + improved.history().size());
    } else if (event instanceof CheckpointSaved saved) {
      return Optional.of(
          saved.steps() == 0
              ? "checkpoint saved after epoch " + saved.epochs()
              : "checkpoint saved after step "
                  + saved.steps()
                  + " of epoch "
                  + (saved.epochs() + 1));
    } else if (event instanceof Warning warning) {
      return Optional.of("warning: " + warning.message());
    } else if (event instanceof Ended ended) {
      return Optional.of(
          ended.interrupted() ? "training stopped before its end" : "training completed");
    } else if (event instanceof Failed failed) {
      return Optional.of("training failed: " + RunProgress.reason(failed.cause()));
    }
    return Optional.empty();
  }

  private static String epoch(EpochMetrics epoch) {
    return String.format(
        Locale.ROOT,
        "epoch %d, training %s%s%s, %.1f images/s",
        epoch.epoch(),
        score(epoch.train()),
        epoch.validation().map(score -> ", validation " + score(score)).orElse(""),
        epoch.test().map(score -> ", test " + score(score)).orElse(""),
        epoch.imagesPerSecond());
  }

  private static String score(Score score) {
    return String.format(Locale.ROOT, "loss %.4f accuracy %.4f", score.loss(), score.accuracy());
  }
}
