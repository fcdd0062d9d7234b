package org.nin4j.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.nin4j.Engines;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.ImageDataset;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.train.schedule.Schedule;

/** A model of the three kinds of stripes, and trainings that start from it or as it did. */
final class FineTuning {
  /** Trained by the recipe of the {@link TinyTask}. */
  static final Model STRIPES = trained();

  /** The parameters of its last block. */
  static final List<String> HEAD =
      List.of("5.0.weight", "5.0.bias", "5.2.weight", "5.2.bias", "5.4.weight", "5.4.bias");

  private FineTuning() {}

  private static Model trained() {
    try {
      return TinyTask.trainer(TinyTask.recipe()).train().model();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static DatasetSplits data(String... classes) {
    List<String> names = List.of(classes);
    return new DatasetSplits(
        new Some(TinyTask.data().train(), names),
        new Some(TinyTask.data().testOrValidation(), names));
  }

  static Trainer trainer(DatasetSplits data, Recipe recipe) {
    Network network = STRIPES.network().withClasses(data.train().classes().size());
    return new Trainer(Engines.reference(), network, data, recipe);
  }

  /** Two classes instead of three. */
  static Trainer twoClasses(Recipe recipe) {
    return trainer(data("lying", "standing"), recipe).from(STRIPES);
  }

  /** An epoch in which no step changes a weight: the first loss is that of the start. */
  static Recipe still() {
    return TinyTask.with(
        TinyTask.recipe().with(r -> r.epochs(1)),
        new OptimizerConfig.Sgd(0, false, 0),
        Schedule.constant(1e-30));
  }

  /** The stripes of some of the classes, under other names. */
  private static final class Some extends ChosenImages {
    private final List<String> classes;

    Some(ImageDataset all, List<String> classes) {
      super(all, i -> all.label(i) < classes.size());
      this.classes = classes;
    }

    @Override
    public String name() {
      return "some " + super.name();
    }

    @Override
    public List<String> classes() {
      return classes;
    }
  }
}
