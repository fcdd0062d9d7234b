package org.nin4j.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nin4j.Classifier;
import org.nin4j.error.ClosedException;
import org.nin4j.io.BlockModel;

class ExecutorModelsTest {
  @BeforeAll
  static void begin() {
    LocalSpark.session();
  }

  @Test
  void tasksShareAClassifierWithAReplicaForEach() throws IOException {
    byte[] file = SavedModel.of(BlockModel.plain()).file();
    try (ExecutorModels.Lease first = ExecutorModels.lease("shared", "auto", () -> file);
        ExecutorModels.Lease second =
            ExecutorModels.lease("shared", "auto", ExecutorModelsTest::notAskedFor)) {
      assertSame(first.classifier(), second.classifier());
      assertEquals(2, first.classifier().replicas()); // local[2]
    }
    try (ExecutorModels.Lease third =
            ExecutorModels.lease("shared", "auto", ExecutorModelsTest::notAskedFor);
        ExecutorModels.Lease other = ExecutorModels.lease("shared", "fp32", () -> file)) {
      assertNotSame(third.classifier(), other.classifier());
    }
  }

  @Test
  void aClassifierIsClosedWhenNoTaskHasItAndOthersWereUsedLater() throws IOException {
    byte[] file = SavedModel.of(BlockModel.plain()).file();
    ExecutorModels.Lease used = ExecutorModels.lease("used", "auto", () -> file);
    Classifier unused;
    try (ExecutorModels.Lease lease = ExecutorModels.lease("unused", "auto", () -> file)) {
      unused = lease.classifier();
    }
    for (int i = 0; i < 3; i++) {
      ExecutorModels.lease("other " + i, "auto", () -> file).close();
    }
    assertThrows(ClosedException.class, () -> classify(unused));
    classify(used.classifier());
    used.close();
    ExecutorModels.lease("another", "auto", () -> file).close();
    assertThrows(ClosedException.class, () -> classify(used.classifier()));
  }

  private static byte[] notAskedFor() {
    throw new AssertionError("the executor has the model already");
  }

  private static void classify(Classifier classifier) {
    classifier.predict(new byte[64], 1, 8, 8);
  }
}
