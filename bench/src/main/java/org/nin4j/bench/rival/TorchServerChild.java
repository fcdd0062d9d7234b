package org.nin4j.bench.rival;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.nin4j.bench.result.Work;

/**
 * PyTorch through DJL behind Jetty, set up as this library's server is: {@code NETWORK SIZE
 * WORKERS}. The body of a request is the floats of one image, that of the response its logits; no
 * more of a protocol than that. Prints its port, and runs until its input ends.
 */
public final class TorchServerChild {
  private static final int QUEUE = 100;

  private TorchServerChild() {}

  /** Serves. */
  public static void main(String[] args) throws Exception {
    int workers = Integer.parseInt(args[2]);
    Exercise exercise = Exercise.of(ServedFiles.task(args[0], Integer.parseInt(args[1]), 1), false);
    ExecutorService queue =
        new ThreadPoolExecutor(
            workers, workers, 1, TimeUnit.HOURS, new ArrayBlockingQueue<>(QUEUE));
    try (DjlRival rival = new DjlRival(exercise, Work.INFERENCE)) {
      rival.infer();
      Server server = new Server(new QueuedThreadPool(16, 4));
      HttpConfiguration http = new HttpConfiguration();
      http.setSendServerVersion(false);
      ServerConnector connector =
          new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
      connector.setHost("127.0.0.1");
      server.addConnector(connector);
      server.setHandler(new LogitsHandler(rival, queue));
      server.start();
      System.out.println(Protocol.ANSWER + connector.getLocalPort());
      System.out.flush();
      while (System.in.read() >= 0) {
        // until the parent has finished
      }
      server.stop();
    } finally {
      queue.shutdown();
    }
  }

  /** The body, then the model on one of its threads, then the response. */
  private static final class LogitsHandler extends Handler.Abstract.NonBlocking {
    private final DjlRival rival;
    private final ExecutorService queue;

    LogitsHandler(DjlRival rival, ExecutorService queue) {
      this.rival = rival;
      this.queue = queue;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      Content.Source.asByteBuffer(
          request, Promise.from(body -> enqueue(body, response, callback), callback::failed));
      return true;
    }

    private void enqueue(ByteBuffer body, Response response, Callback callback) {
      try {
        queue.execute(() -> answer(body, response, callback));
      } catch (RejectedExecutionException e) {
        response.setStatus(503);
        callback.succeeded();
      }
    }

    private void answer(ByteBuffer body, Response response, Callback callback) {
      byte[] logits = ServedFiles.bytes(rival.infer(ServedFiles.floats(body)));
      response.getHeaders().put(HttpHeader.CONTENT_LENGTH, logits.length);
      response.write(true, ByteBuffer.wrap(logits), callback);
    }
  }
}
