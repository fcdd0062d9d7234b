package org.nin4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WorkersTest {
  @Test
  void everyTaskOfEveryJobIsDoneOnce() {
    try (Workers workers = new Workers(4, "test")) {
      for (int tasks = 0; tasks < 200; tasks++) {
        AtomicIntegerArray done = new AtomicIntegerArray(tasks + 1);
        workers.run(tasks, (task, worker) -> done.incrementAndGet(task));
        for (int i = 0; i < tasks; i++) {
          assertEquals(1, done.get(i));
        }
        assertEquals(0, done.get(tasks));
      }
    }
  }

  @Test
  void theCallerIsOneOfThemAndAllWorkAtTheSameTime() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    CountDownLatch all = new CountDownLatch(3);
    try (Workers workers = new Workers(3, "test")) {
      workers.run(
          3,
          (task, worker) -> {
            threads.add(Thread.currentThread());
            all.countDown();
            await(all);
          });
    }
    assertEquals(3, threads.size());
    assertTrue(threads.contains(Thread.currentThread()));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatATaskThrowsIsThrownOnceAllHaveEnded() {
    IllegalStateException failure = new IllegalStateException("no");
    try (Workers workers = new Workers(3, "test")) {
      assertSame(
          failure,
          assertThrows(
              IllegalStateException.class,
              () ->
                  workers.run(
                      100,
                      (task, worker) -> {
                        if (task == 7) {
                          throw failure;
                        }
                      })));
      int[] done = new int[1];
      workers.run(1, (task, worker) -> done[0]++);
      assertEquals(1, done[0]);
    }
  }

  @Test
  void anInterruptionWaitsForTheJobAndIsKept() {
    try (Workers workers = new Workers(2, "test")) {
      Thread.currentThread().interrupt();
      AtomicIntegerArray done = new AtomicIntegerArray(50);
      workers.run(50, (task, worker) -> done.incrementAndGet(task));
      assertTrue(Thread.interrupted());
      for (int i = 0; i < 50; i++) {
        assertEquals(1, done.get(i));
      }
    }
  }

  @Test
  void theirThreadsEndWithThem() throws InterruptedException {
    Thread[] other = new Thread[1];
    CountDownLatch both = new CountDownLatch(2);
    Workers workers = new Workers(2, "test");
    workers.run(
        2,
        (task, worker) -> {
          if (worker == 1) {
            other[0] = Thread.currentThread();
          }
          both.countDown();
          await(both);
        });
    workers.close();
    other[0].join();
    assertFalse(other[0].isAlive());
    assertThrows(IllegalStateException.class, () -> workers.run(1, (task, worker) -> {}));
  }
}
