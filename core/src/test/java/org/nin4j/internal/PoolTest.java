package org.nin4j.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PoolTest {
  private final AtomicInteger made = new AtomicInteger();
  private final AtomicInteger closed = new AtomicInteger();
  private final Pool<AutoCloseable> pool =
      new Pool<>(
          2,
          "the pool is closed",
          () -> {
            made.incrementAndGet();
            return closed::incrementAndGet;
          });

  private static Thread waiting(Callable<?> call, CompletableFuture<Object> result)
      throws InterruptedException {
    Thread thread =
        new Thread(
            () -> {
              try {
                result.complete(call.call());
              } catch (Exception e) {
                result.completeExceptionally(e);
              }
            });
    thread.start();
    while (thread.getState() != Thread.State.WAITING) {
      Thread.sleep(1);
    }
    return thread;
  }

  @Test
  void asManyAreMadeAsAreNeededAtATime() {
    AutoCloseable first = pool.take();
    pool.give(first);
    assertSame(first, pool.take());
    assertNotSame(first, pool.take());
    assertEquals(2, made.get());
  }

  @Test
  void whoComesTooManyWaitsForTheNextThatIsFree() throws Exception {
    AutoCloseable first = pool.take();
    pool.take();
    CompletableFuture<Object> third = new CompletableFuture<>();
    waiting(pool::take, third);
    pool.give(first);
    assertSame(first, third.get());
  }

  @Test
  void whoIsInterruptedWhileWaitingIsToldSo() throws Exception {
    pool.take();
    pool.take();
    CompletableFuture<Object> third = new CompletableFuture<>();
    FutureTask<Object> task =
        new FutureTask<>(
            () -> {
              assertThrows(CancellationException.class, pool::take);
              return Thread.currentThread().isInterrupted();
            });
    Thread thread =
        waiting(
            () -> {
              task.run();
              return task.get();
            },
            third);
    thread.interrupt();
    thread.join();
    assertTrue((Boolean) task.get());
  }

  @Test
  void closingFreesWhatIsFreeAtOnceAndTheRestWhenItComesBack() throws Exception {
    AutoCloseable first = pool.take();
    AutoCloseable second = pool.take();
    pool.give(second);
    CompletableFuture<Object> third = new CompletableFuture<>();
    pool.take();
    waiting(pool::take, third);
    pool.give(second);
    third.join();
    pool.give(second);
    pool.close();
    assertEquals(1, closed.get());
    pool.give(first);
    assertEquals(2, closed.get());
    assertEquals(
        "the pool is closed", assertThrows(IllegalStateException.class, pool::take).getMessage());
  }

  @Test
  void whoWaitsWhenItIsClosedIsToldSo() throws Exception {
    pool.take();
    pool.take();
    CompletableFuture<Object> third = new CompletableFuture<>();
    waiting(pool::take, third);
    pool.close();
    assertTrue(
        assertThrows(CompletionException.class, third::join).getCause()
            instanceof IllegalStateException);
  }

  @Test
  void oneThatCouldNotBeMadeTakesNobodysRoom() {
    AtomicInteger calls = new AtomicInteger();
    Pool<AutoCloseable> broken =
        new Pool<>(
            1,
            "closed",
            () -> {
              if (calls.incrementAndGet() == 1) {
                throw new IllegalArgumentException("not yet");
              }
              return () -> {};
            });
    assertThrows(IllegalArgumentException.class, broken::take);
    broken.take();
    assertEquals(2, calls.get());
  }
}
