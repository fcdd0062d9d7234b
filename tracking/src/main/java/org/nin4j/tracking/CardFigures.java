package org.nin4j.tracking;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.nin4j.internal.Table;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.ImageCounts;
import org.nin4j.train.Score;

/**
 * The figures of a model card, and what to know about them.
 *
 * @param history the metrics of each completed epoch, the last of them of the model's epoch
 * @param choice which model of the training it is
 * @param images how many images there are
 */
record CardFigures(List<EpochMetrics> history, Choice choice, ImageCounts images) {
  /** Which model of a training a card is about. */
  enum Choice {
    /** That of the last step of a training that has ended. */
    LAST,
    /** That of the last step of a training that was stopped. */
    INTERRUPTED,
    /** That of the epoch with the best validation score so far. */
    BEST
  }

  /** Returns a table and some sentences, as Markdown. */
  String text() {
    if (history.isEmpty()) {
      return "The training was stopped in its first epoch, so the model was not evaluated.\n";
    }
    EpochMetrics last = history.get(history.size() - 1);
    Table table = new Table(1, "Images", "Number", "Accuracy", "Loss");
    row(table, "training", OptionalInt.of(images.train()), Optional.of(last.train()));
    row(table, "validation", images.validation(), last.validation());
    row(table, "test", images.test(), last.test());
    return table.markdown() + "\n" + String.join("\n", remarks(last)) + "\n";
  }

  private List<String> remarks(EpochMetrics last) {
    List<String> remarks = new ArrayList<>();
    remarks.add(
        "The figures are those of epoch " + last.epoch() + "; the loss is the mean cross-entropy.");
    remarks.add(
        "Those of the training images were measured during the epoch, with augmentation and other"
            + " regularization of the recipe.");
    if (choice == Choice.BEST) {
      remarks.add(
          "The epoch was chosen because it has the best score on the validation images so far, so"
              + " their figures are slightly too good.");
    } else if (last.validation().isPresent()) {
      remarks.add("The validation images were not trained on, but epochs are compared by them.");
    }
    if (last.test().isEmpty()) {
      remarks.add("The model was not evaluated on test images.");
    }
    if (choice == Choice.INTERRUPTED) {
      remarks.add("The training was stopped before its end, possibly some steps after that epoch.");
    }
    return remarks;
  }

  private static void row(Table table, String images, OptionalInt number, Optional<Score> score) {
    score.ifPresent(
        it ->
            table.row(
                List.of(
                    images,
                    number.isPresent() ? String.format(Locale.ROOT, "%,d", number.getAsInt()) : "",
                    String.format(Locale.ROOT, "%.4f", it.accuracy()),
                    String.format(Locale.ROOT, "%.4f", it.loss()))));
  }
}
