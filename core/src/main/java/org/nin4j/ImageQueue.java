package org.nin4j;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.nin4j.data.DecodedImage;
import org.nin4j.error.ClosedException;

/** Images that wait to be classified, and the threads that do it. */
final class ImageQueue implements AutoCloseable {
  private final int capacity;
  private final Function<DecodedImage, Prediction> classifier;
  private final ThreadPoolExecutor executor;

  /**
   * @param capacity how many images may wait
   * @param threads end after a minute without work
   */
  ImageQueue(int capacity, int threads, Function<DecodedImage, Prediction> classifier) {
    this.capacity = capacity;
    this.classifier = classifier;
    AtomicInteger number = new AtomicInteger();
    executor =
        new ThreadPoolExecutor(
            threads,
            threads,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(capacity),
            task -> {
              Thread thread = new Thread(task, "nin4j-classifier-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
  }

  /** An image that waits for a thread. */
  private final class Request extends CompletableFuture<Prediction> implements Runnable {
    private final DecodedImage image;

    Request(DecodedImage image) {
      this.image = image;
    }

    @Override
    public void run() {
      if (isDone()) {
        return; // cancelled meanwhile
      }
      try {
        complete(classifier.apply(image));
      } catch (RuntimeException | Error e) {
        completeExceptionally(e);
      }
    }
  }

  /** Lets an image wait for the next free thread. */
  CompletableFuture<Prediction> submit(DecodedImage image) {
    Request request = new Request(image);
    try {
      executor.execute(request);
    } catch (RejectedExecutionException e) {
      if (executor.isShutdown()) {
        throw closed();
      }
      throw new RejectedExecutionException(
          capacity + " images wait to be classified already; try again later", e);
    }
    return request;
  }

  /** All images, on the threads and on the calling one meanwhile; in their order. */
  List<Prediction> all(List<DecodedImage> images) {
    List<Request> requests = images.stream().map(Request::new).toList();
    AtomicInteger next = new AtomicInteger();
    Runnable rest =
        () -> {
          for (int i = next.getAndIncrement(); i < requests.size(); i = next.getAndIncrement()) {
            requests.get(i).run();
          }
        };
    try {
      for (int i = 1; i < Math.min(executor.getCorePoolSize(), images.size()); i++) {
        executor.execute(rest);
      }
    } catch (RejectedExecutionException e) {
      // the calling thread does what the others have no time for
    }
    rest.run();
    return requests.stream().map(ImageQueue::result).toList();
  }

  private static Prediction result(Request request) {
    try {
      return request.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static ClosedException closed() {
    return new ClosedException("the classifier has been closed");
  }

  /** Ends the threads once they have finished what they do, and tells all that wait. */
  @Override
  public void close() {
    executor.shutdown();
    List<Runnable> waiting = new ArrayList<>();
    executor.getQueue().drainTo(waiting);
    for (Runnable each : waiting) {
      if (each instanceof Request request) {
        request.completeExceptionally(closed());
      }
    }
  }
}
