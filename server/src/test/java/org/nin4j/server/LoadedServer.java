package org.nin4j.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntSupplier;
import org.nin4j.io.BlockModel;
import org.nin4j.io.SourceModel;
import org.nin4j.server.event.RequestOutcome;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.model.QueuedTask;
import org.nin4j.server.model.ServedModel;

/** A server of one small model whose threads a test can keep busy, so that requests wait. */
final class LoadedServer implements AutoCloseable {
  static final int THREADS = 2;
  static final int CAPACITY = 20;

  final ModelRepository models = new ModelRepository(THREADS, CAPACITY);
  final BlockingQueue<RequestOutcome> outcomes = new LinkedBlockingQueue<>();
  final NinServer server;
  private final List<CountDownLatch> blocks = new ArrayList<>();

  LoadedServer(Consumer<NinServerBuilder> more) throws IOException {
    models.add("block", SourceModel.of(BlockModel.plain()));
    NinServerBuilder options = NinServer.builder(models).port(0);
    options.listener(outcomes::add);
    more.accept(options);
    server = options.build();
    server.start();
  }

  ServedModel model() {
    return models.find("block").orElseThrow();
  }

  /** Keeps all threads busy. */
  CountDownLatch occupy() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(THREADS);
    CountDownLatch release = new CountDownLatch(1);
    for (int i = 0; i < THREADS; i++) {
      model().submit(new Block(begun, release));
    }
    blocks.add(release);
    begun.await();
    return release;
  }

  /** Waits until as many requests wait for a thread. */
  void awaitWaiting(int count) throws InterruptedException {
    await(count, "requests wait", model()::waiting);
  }

  /** Waits until the server has read as many heads of requests that it has not answered. */
  void awaitRequests(int count) throws InterruptedException {
    await(count, "requests are open", server::requests);
  }

  private static void await(int count, String what, IntSupplier actual)
      throws InterruptedException {
    long begin = System.nanoTime();
    while (actual.getAsInt() != count) {
      if (System.nanoTime() - begin > TimeUnit.SECONDS.toNanos(20)) {
        throw new AssertionError(actual.getAsInt() + " " + what + ", and not " + count);
      }
      Thread.sleep(2);
    }
  }

  /** An image of 1 x 8 x 8 values that depend on a seed. */
  static float[] image(int seed) {
    Random random = new Random(seed);
    float[] image = new float[64];
    for (int i = 0; i < image.length; i++) {
      image[i] = random.nextFloat();
    }
    return image;
  }

  /** A request for the logits of an image. */
  static byte[] request(String model, float[] image) {
    String json =
        "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,1,8,8],\"datatype\":\"FP32\","
            + "\"parameters\":{\"binary_data_size\":256}}],\"outputs\":[{\"name\":\"logits\"}]}";
    byte[] head =
        ("POST /v2/models/"
                + model
                + "/infer HTTP/1.1\r\nHost: localhost\r\nInference-Header-Content-Length: "
                + json.length()
                + "\r\nContent-Length: "
                + (json.length() + Float.BYTES * image.length)
                + "\r\n\r\n"
                + json)
            .getBytes(StandardCharsets.US_ASCII);
    ByteBuffer all = ByteBuffer.allocate(head.length + Float.BYTES * image.length);
    all.order(ByteOrder.LITTLE_ENDIAN).put(head).asFloatBuffer().put(image);
    return all.array();
  }

  static byte[] request() {
    return request("block", image(1));
  }

  /** A task that ends when a test says so. */
  private static final class Block extends QueuedTask {
    private final CountDownLatch begun;
    private final CountDownLatch release;

    Block(CountDownLatch begun, CountDownLatch release) {
      super(0);
      this.begun = begun;
      this.release = release;
    }

    @Override
    protected void run() {
      begun.countDown();
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    @Override
    protected void expire() {
      throw new AssertionError("it waits as long as necessary");
    }

    @Override
    protected void abandon() {
      begun.countDown();
    }
  }

  @Override
  public void close() {
    blocks.forEach(CountDownLatch::countDown);
    server.close();
  }
}
