package org.nin4j.bench.rival;

import java.io.IOException;
import org.nin4j.Engines;
import org.nin4j.bench.result.Task;
import org.nin4j.bench.result.Work;
import org.nin4j.data.DatasetSplits;
import org.nin4j.engine.Precision;
import org.nin4j.nn.Network;
import org.nin4j.train.Recipe;
import org.nin4j.train.Trainer;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.EpochDone;

/**
 * A process that trains for some epochs, {@code PRECISION EPOCHS}, and prints after each {@code
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
        Recipe.DEFAULT.with(
            r -> r.epochs(Integer.parseInt(args[1])).learningRate(EndToEndChild.LEARNING_RATE));
    new Trainer(Engines.oneDnn(), network, data, recipe)
        .precision(Precision.valueOf(args[0]))
        .threads(ChildSettings.threads())
        .listen(EpochChild::print)
        .train();
  }

  private static void print(TrainingEvent event) throws IOException {
    if (event instanceof EpochDone done) {
      System.out.println(
          Protocol.ANSWER + done.metrics().imagesPerSecond() + " " + ResidentMemory.now());
    }
  }
}
