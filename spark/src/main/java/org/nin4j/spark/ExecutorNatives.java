package org.nin4j.spark;

import java.nio.file.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.SparkFiles;

/**
 * Where the JVM of an executor unpacks native libraries. JavaCPP unpacks them into one folder for
 * all processes of a user, which several executors that start on one machine at the same time do
 * not always survive; so each has a folder of its own, which Spark deletes with the application.
 */
final class ExecutorNatives {
  private static final String FOLDER = "org.bytedeco.javacpp.cachedir";
  private static final String DRIVER = "driver"; // also the one executor of local[N]

  private ExecutorNatives() {}

  /** To be called in a task before anything native is used. A folder that the user set is kept. */
  static void prepare() {
    SparkEnv environment = SparkEnv.get();
    if (environment == null
        || environment.executorId().equals(DRIVER)
        || System.getProperty(FOLDER) != null) {
      return;
    }
    Path own = Path.of(SparkFiles.getRootDirectory(), "javacpp-" + environment.executorId());
    System.setProperty(FOLDER, own.toAbsolutePath().normalize().toString());
  }
}
