package org.nin4j.server.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Set;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nin4j.io.BlockModel;
import org.nin4j.io.SourceModel;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.model.QueuedTask;
import org.nin4j.server.model.ServedModel;

class SharedImagesTest {
  private static final int THREADS = 3;

  private ModelRepository models;
  private ServedModel line;

  @BeforeEach
  void serve() {
    models = new ModelRepository(THREADS, 10);
    models.add("block", SourceModel.of(BlockModel.plain()));
    line = models.find("block").orElseThrow();
  }

  @AfterEach
  void close() {
    models.close();
  }

  /** Each image waits until four threads are at one, this thread and all of the queue's. */
  @Test
  void allThreadsTakePart() {
    CyclicBarrier together = new CyclicBarrier(THREADS + 1);
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    new SharedImages(
            line,
            THREADS + 1,
            image -> {
              seen.add(Thread.currentThread());
              await(together);
            })
        .compute(THREADS + 1);
    assertEquals(THREADS + 1, seen.size());
  }

  @Test
  void everyImageIsComputedOnce() {
    AtomicIntegerArray times = new AtomicIntegerArray(5000);
    new SharedImages(line, times.length(), times::incrementAndGet).compute(THREADS);
    for (int i = 0; i < times.length(); i++) {
      assertEquals(1, times.get(i));
    }
  }

  @Test
  void nothingIsLeftInTheLineWhenNoThreadWasFreeToHelp() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(THREADS);
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < THREADS; i++) {
      line.submit(task(begun, end));
    }
    begun.await();
    Set<Thread> seen = ConcurrentHashMap.newKeySet();
    new SharedImages(line, 10, image -> seen.add(Thread.currentThread())).compute(THREADS);
    assertEquals(Set.of(Thread.currentThread()), seen);
    assertEquals(0, line.waiting());
    end.countDown();
  }

  @Test
  void noHelpIsAskedForWhenOthersWait() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(THREADS);
    CountDownLatch end = new CountDownLatch(1);
    for (int i = 0; i < THREADS + 1; i++) {
      line.submit(task(begun, end));
    }
    begun.await();
    new SharedImages(line, 10, image -> assertEquals(1, line.waiting())).compute(THREADS);
    end.countDown();
  }

  @Test
  void theFailureOfAnImageOnAnotherThreadIsThrown() {
    CyclicBarrier together = new CyclicBarrier(2);
    Thread caller = Thread.currentThread();
    IllegalStateException failure = new IllegalStateException("no");
    SharedImages images =
        new SharedImages(
            line,
            2,
            image -> {
              await(together);
              if (Thread.currentThread() != caller) {
                throw failure;
              }
            });
    assertSame(failure, assertThrows(IllegalStateException.class, () -> images.compute(2)));
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException | BrokenBarrierException | TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  private static QueuedTask task(CountDownLatch begun, CountDownLatch end) {
    return new QueuedTask(0) {
      @Override
      protected void run() {
        begun.countDown();
        try {
          end.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }

      @Override
      protected void expire() {}

      @Override
      protected void abandon() {}
    };
  }
}
