package org.nin4j.spark;

import java.io.IOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkEnv;
import org.nin4j.Classifier;
import org.nin4j.ClassifierBuilder;

/**
 * The classifiers in the JVM of an executor, one for all its tasks. State of the whole JVM is what
 * an executor's tasks have in common; nothing else of this module has any, but its trainings.
 *
 * <p>A classifier is in use while a task has it. Of those that no task has, the ones used last are
 * kept for the next task, and the others are closed.
 */
final class ExecutorModels {
  /** Most classifiers that are kept in memory if they are not in use. */
  private static final int MOST = 2;

  private static final ExecutorModels INSTANCE = new ExecutorModels();

  /** What makes a classifier another one. */
  private record Key(String digest, String precision, int replicas) {}

  /** A classifier that a task uses until it closes the lease. */
  static final class Lease implements AutoCloseable {
    private final Classifier classifier;
    private int users;

    private Lease(Classifier classifier) {
      this.classifier = classifier;
    }

    Classifier classifier() {
      return classifier;
    }

    @Override
    public void close() {
      INSTANCE.release(this);
    }
  }

  /** Those used last are last. */
  private final Map<Key, Lease> leases = new LinkedHashMap<>(8, 0.75f, true);

  private ExecutorModels() {}

  /**
   * Returns a classifier, which is made if this JVM has none of the model.
   *
   * @param digest of the model file
   * @param precision the arithmetic, or {@code auto}
   * @param file the model file; asked for only if the classifier has to be made
   * @throws IOException when the file is not a model
   */
  static Lease lease(String digest, String precision, Supplier<byte[]> file) throws IOException {
    ExecutorNatives.prepare();
    return INSTANCE.take(new Key(digest, precision, slots(SparkEnv.get().conf())), file);
  }

  private synchronized Lease take(Key key, Supplier<byte[]> file) throws IOException {
    Lease lease = leases.get(key);
    if (lease == null) {
      lease = new Lease(classifier(key, file.get()));
      leases.put(key, lease);
    }
    lease.users++;
    closeUnused();
    return lease;
  }

  private synchronized void release(Lease lease) {
    lease.users--;
    closeUnused();
  }

  private void closeUnused() {
    int excess = leases.size() - MOST;
    Iterator<Lease> oldest = leases.values().iterator();
    while (excess > 0 && oldest.hasNext()) {
      Lease lease = oldest.next();
      if (lease.users == 0) {
        lease.classifier.close();
        oldest.remove();
        excess--;
      }
    }
  }

  private static Classifier classifier(Key key, byte[] file) throws IOException {
    ClassifierBuilder builder =
        Classifier.builder(SavedModel.of(file, "the model").model()).replicas(key.replicas);
    PrecisionName.read(key.precision).ifPresent(builder::precision);
    return builder.build();
  }

  /** Returns how many tasks run in this JVM at the same time, as far as it can be known. */
  private static int slots(SparkConf conf) {
    int cores = Runtime.getRuntime().availableProcessors();
    String master = conf.get("spark.master", "");
    if (master.matches("local(\\[\\d+(,\\s*\\d+)?])?")) {
      String threads = master.replaceAll("^local\\[?|,.*|]", "");
      cores = threads.isEmpty() ? 1 : Integer.parseInt(threads);
    }
    return Math.max(
        1, conf.getInt("spark.executor.cores", cores) / conf.getInt("spark.task.cpus", 1));
  }
}
