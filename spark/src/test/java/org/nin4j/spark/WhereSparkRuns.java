package org.nin4j.spark;

import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Skips the tests of this module on a Java on which Spark itself does not run. JUnit finds this by
 * its service file, so that no test has to name it.
 */
public final class WhereSparkRuns implements ExecutionCondition {
  /** Since Java 23, {@code Subject.getSubject} throws, which Spark's Hadoop calls. */
  private static final int NEWEST = 22;

  @Override
  public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
    int version = Runtime.version().feature();
    return version <= NEWEST
        ? ConditionEvaluationResult.enabled("Spark runs on Java " + version)
        : ConditionEvaluationResult.disabled(
            "Spark 4.1 does not run on Java "
                + version
                + ": its Hadoop needs Subject.getSubject, which Java has not supported since 23");
  }
}
