package org.nin4j.spark;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.nin4j.Engines;

/**
 * The trainings in the JVM of an executor. What is kept here is only there for speed: a task that
 * finds nothing makes it anew. As {@link ExecutorModels}, it is state of the whole JVM, because
 * that is what an executor's tasks have in common.
 */
final class ExecutorTrainings {
  /** Most trainings that are kept, such as those of a CrossValidator with some parallelism. */
  private static final int MOST = 4;

  private static final ExecutorTrainings INSTANCE = new ExecutorTrainings();

  /** Those used last are last. */
  private final Map<String, ExecutorTraining> trainings = new LinkedHashMap<>(8, 0.75f, true);

  private ExecutorTrainings() {}

  /** Returns a training, which the message describes if it is not there yet. */
  static ExecutorTraining get(String id, byte[] message) {
    ExecutorNatives.prepare();
    return INSTANCE.find(id, message);
  }

  /** Frees the memory of a training, if it is there. */
  static void close(String id) {
    INSTANCE.remove(id);
  }

  private synchronized ExecutorTraining find(String id, byte[] message) {
    ExecutorTraining training = trainings.get(id);
    if (training == null) {
      training = new ExecutorTraining(Engines.best(), TrainingMessage.of(message));
      trainings.put(id, training);
      if (trainings.size() > MOST) {
        Iterator<ExecutorTraining> oldest = trainings.values().iterator();
        oldest.next().close();
        oldest.remove();
      }
    }
    return training;
  }

  private synchronized void remove(String id) {
    ExecutorTraining training = trainings.remove(id);
    if (training != null) {
      training.close();
    }
  }
}
