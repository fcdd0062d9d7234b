package org.nin4j.spark;

import org.apache.spark.sql.SparkSession;

/** The session that the tests share: a driver with executors in its own JVM. */
final class LocalSpark {
  private LocalSpark() {}

  /** Returns the session; the first test begins it, and it lives as long as the JVM. */
  static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("tests")
        .config("spark.ui.enabled", false)
        .config("spark.sql.shuffle.partitions", 3)
        .config("spark.sql.codegen.wholeStage", false) // compiling takes longer than the tests
        .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
        .config("spark.driver.host", "localhost")
        .getOrCreate();
  }
}
