package org.nin4j.bench.rival;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.nin4j.Engines;
import org.nin4j.bench.Task;
import org.nin4j.bench.Work;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Network;
import org.nin4j.train.EpochMetrics;
import org.nin4j.train.Recipe;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingListener;

/**
 * A process that trains for some epochs, {@code PRECISION EPOCHS}, and says after each {@code
 * IMAGES-PER-SECOND RESIDENT-BYTES}.
 */
public final class EpochChild {
  private static final Task TASK = new Task("nin", 96, Work.TRAINING, 64);
  private static final int STEPS = 8;

  private EpochChild() {}

  /** Prints a line for each epoch. */
  public static void main(String[] args) throws IOException {
    Network network = Exercise.model(TASK, true).network();
    DatasetSplits data =
        new DatasetSplits(
            new RandomImages(STEPS * TASK.batch(), 1, network.classes()),
            new RandomImages(TASK.batch(), 1, network.classes()));
    Recipe recipe =
        Recipe.DEFAULT
            .withEpochs(Integer.parseInt(args[1]))
            .withLearningRate(EndToEndChild.LEARNING_RATE);
    new Trainer(Engines.oneDnn(), network, data, recipe)
        .precision(Precision.valueOf(args[0]))
        .threads(ChildSettings.threads())
        .listen(new Teller())
        .train();
  }

  private static final class Teller implements TrainingListener {
    @Override
    public void onEpoch(List<EpochMetrics> history) {
      try {
        System.out.println(
            Protocol.ANSWER
                + history.get(history.size() - 1).imagesPerSecond()
                + " "
                + ResidentMemory.now());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
