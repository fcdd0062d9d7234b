package org.nin4j.tracking.tensorboard;

import java.util.TreeMap;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.Recipe;
import org.nin4j.train.TrainingSetup;
import org.nin4j.train.schedule.Schedule;
import org.nin4j.train.schedule.WarmUp;

/**
 * The hyperparameters of a run as TensorBoard's HParams dashboard compares them, by the names that
 * they have in run files. The messages are those of the plug-in's {@code plugin_data.proto}.
 */
final class Hyperparameters {
  static final String START_TAG = "_hparams_/session_start_info";
  static final String END_TAG = "_hparams_/session_end_info";

  private static final int STATUS_SUCCESS = 1;

  private final TreeMap<String, ProtoMessage> values = new TreeMap<>();

  private Hyperparameters() {}

  /** Returns the message at the start of a run. */
  static ProtoMessage started(TrainingSetup setup, double wallTime) {
    Hyperparameters all = new Hyperparameters();
    all.add(setup);
    ProtoMessage start = new ProtoMessage();
    all.values.forEach(
        (name, value) -> start.message(1, new ProtoMessage().text(1, name).message(2, value)));
    return new ProtoMessage().message(3, start.real(5, wallTime));
  }

  /** Returns the message at the end of a run. */
  static ProtoMessage finished(double wallTime) {
    return new ProtoMessage()
        .message(4, new ProtoMessage().integer(1, STATUS_SUCCESS).real(2, wallTime));
  }

  private void add(TrainingSetup setup) {
    Recipe recipe = setup.recipe();
    text("net", setup.network().name());
    text("data", setup.data().name());
    text("precision", setup.precision().toString());
    text("seed", Long.toString(setup.seed())); // a double would round it
    text("recipe", recipe.name());
    number("epochs", recipe.epochs());
    number("batch_size", recipe.batchSize());
    text("schedule", name(recipe.schedule()));
    number("learning_rate", recipe.schedule().learningRate());
    number("label_smoothing", recipe.labelSmoothing());
    text("optimizer", recipe.optimizer().name());
    if (recipe.optimizer() instanceof OptimizerConfig.AdamW adamW) {
      number("weight_decay", decimal(adamW.weightDecay()));
    } else if (recipe.optimizer() instanceof OptimizerConfig.Sgd sgd) {
      number("weight_decay", decimal(sgd.weightDecay()));
      number("momentum", decimal(sgd.momentum()));
    }
    recipe.emaDecay().ifPresent(decay -> number("ema_decay", decay));
  }

  /** Returns the type of a schedule; of what follows its warm-up, if it has one. */
  private static String name(Schedule schedule) {
    return (schedule instanceof WarmUp warmUp ? warmUp.then() : schedule)
        .getClass()
        .getSimpleName();
  }

  /** Returns 0.01 for 0.01f, not 0.009999999776. */
  private static double decimal(float value) {
    return Double.parseDouble(Float.toString(value));
  }

  private void number(String name, double value) {
    values.put(name, new ProtoMessage().real(2, value));
  }

  private void text(String name, String value) {
    values.put(name, new ProtoMessage().text(3, value));
  }
}
