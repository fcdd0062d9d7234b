package org.nin4j.server.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InferenceThreadsTest {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final InferenceThreads queue = new InferenceThreads(1);
  private final FairQueue.Line line = queue.line(4);

  /** What became of tasks, in order. */
  private final BlockingQueue<String> events = new LinkedBlockingQueue<>();

  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void close() {
    release.countDown();
    queue.close();
  }

  private class Named extends QueuedTask {
    private final String name;

    Named(String name, long patience) {
      super(patience);
      this.name = name;
    }

    @Override
    protected void run() {
      events.add(name + " ran");
    }

    @Override
    protected void expire() {
      events.add(name + " expired");
    }

    @Override
    protected void abandon() {
      events.add(name + " was abandoned");
    }

    @Override
    protected void waitsLong() {
      events.add(name + " waits");
    }
  }

  /** Keeps the only thread busy until {@link #release} is released. */
  private void occupy() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    assertTrue(
        queue
            .line(1)
            .offer(
                new Named("the first", 0) {
                  @Override
                  protected void run() {
                    begun.countDown();
                    try {
                      release.await();
                    } catch (InterruptedException e) {
                      Thread.currentThread().interrupt();
                    }
                  }
                }));
    begun.await();
  }

  private String next() throws InterruptedException {
    String event = events.poll(10, TimeUnit.SECONDS);
    return event == null ? "nothing" : event;
  }

  /** What ends next, whatever waits meanwhile. */
  private String nextEnd() throws InterruptedException {
    String event = next();
    while (event.endsWith("waits")) {
      event = next();
    }
    return event;
  }

  @Test
  void linesTakeTurns() throws InterruptedException {
    occupy();
    FairQueue.Line other = queue.line(4);
    line.offer(new Named("a1", 0));
    line.offer(new Named("a2", 0));
    line.offer(new Named("a3", 0));
    other.offer(new Named("b1", 0));
    other.offer(new Named("b2", 0));
    release.countDown();
    List<String> order = new ArrayList<>();
    while (order.size() < 5) {
      order.add(nextEnd());
    }
    assertEquals(List.of("a1 ran", "b1 ran", "a2 ran", "b2 ran", "a3 ran"), order);
  }

  @Test
  void aFullLineRefusesAndFreesThePlacesOfTasksThatAreTakenOut() throws InterruptedException {
    occupy();
    Named last = new Named("d", 0);
    for (Named task : List.of(new Named("a", 0), new Named("b", 0), new Named("c", 0), last)) {
      assertTrue(line.offer(task));
    }
    assertTrue(line.isFull());
    assertFalse(line.offer(new Named("e", 0)));
    assertTrue(line.remove(last));
    assertFalse(line.remove(last));
    assertTrue(line.offer(new Named("f", 0)));
    assertEquals(4, line.length());
  }

  @Test
  void aTaskExpiresInTimeThoughNoThreadIsFree() throws InterruptedException {
    occupy();
    long begin = System.nanoTime();
    line.offer(new Named("patient", 60 * SECOND));
    line.offer(new Named("hasty", SECOND / 50));
    assertEquals("hasty expired", nextEnd());
    assertTrue(System.nanoTime() - begin >= SECOND / 50);
    assertEquals(1, line.length());
    release.countDown();
    assertEquals("patient ran", nextEnd());
  }

  @Test
  void aTaskThatWaitsLongIsToldOnce() throws InterruptedException {
    occupy();
    line.offer(new Named("a", 0));
    assertEquals("a waits", next());
    line.offer(new Named("b", 0));
    assertEquals("b waits", next());
    assertEquals(List.of(), List.copyOf(events));
  }

  @Test
  void whatWaitsWhenTheQueueIsClosedIsAbandonedAndNothingIsTakenAfterwards()
      throws InterruptedException {
    occupy();
    line.offer(new Named("a", 0));
    Thread closing = new Thread(queue::close);
    closing.start();
    assertEquals("a was abandoned", nextEnd());
    assertFalse(line.offer(new Named("b", 0)));
    release.countDown();
    closing.join();
  }

  @Test
  void aTaskThatThrowsDoesNotEndItsThread() throws InterruptedException {
    line.offer(
        new Named("bad", 0) {
          @Override
          protected void run() {
            throw new IllegalStateException("a task of a test");
          }
        });
    line.offer(new Named("good", 0));
    assertEquals("good ran", nextEnd());
  }

  /** Tasks come, expire, are taken out and run at random; each ends once. */
  @Test
  void everyTaskEndsOnce() throws InterruptedException {
    int producers = 4;
    int each = 2500;
    AtomicInteger refused = new AtomicInteger();
    AtomicInteger removed = new AtomicInteger();
    AtomicInteger ended = new AtomicInteger();
    List<AtomicInteger> ends = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    try (InferenceThreads busy = new InferenceThreads(2)) {
      List<FairQueue.Line> lines = List.of(busy.line(3), busy.line(50), busy.line(1000));
      for (int p = 0; p < producers; p++) {
        Random random = new Random(p);
        List<AtomicInteger> own = new ArrayList<>();
        for (int i = 0; i < each; i++) {
          own.add(new AtomicInteger());
        }
        ends.addAll(own);
        Thread thread =
            new Thread(
                () -> {
                  for (AtomicInteger count : own) {
                    FairQueue.Line some = lines.get(random.nextInt(3));
                    QueuedTask task = counted(count, ended, random.nextInt(20) * 100_000L);
                    if (!some.offer(task)) {
                      refused.incrementAndGet();
                      count.incrementAndGet();
                    } else if (random.nextInt(10) == 0 && some.remove(task)) {
                      removed.incrementAndGet();
                      count.incrementAndGet();
                    }
                  }
                });
        threads.add(thread);
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertEquals(producers * each, refused.get() + removed.get() + ended.get());
    assertTrue(ends.stream().allMatch(count -> count.get() == 1));
  }

  private static QueuedTask counted(AtomicInteger count, AtomicInteger ended, long patience) {
    return new QueuedTask(patience) {
      @Override
      protected void run() {
        expire();
      }

      @Override
      protected void expire() {
        count.incrementAndGet();
        ended.incrementAndGet();
      }

      @Override
      protected void abandon() {
        expire();
      }
    };
  }
}
