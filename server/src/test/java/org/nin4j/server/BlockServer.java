package org.nin4j.server;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.nin4j.io.BlockModel;
import org.nin4j.io.SourceModel;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.limits.ServerLimitsBuilder;
import org.nin4j.server.model.ModelRepository;

/** Servers of one small model, and requests for them. */
final class BlockServer {
  /** The length of the shortest body of an image, which has 1 x 8 x 8 values. */
  static final String IMAGE =
      "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,1,8,8],\"datatype\":\"FP32\",\"data\":"
          + Arrays.toString(new float[64]).replace(" ", "")
          + "}]}";

  private BlockServer() {}

  static NinServer start(ServerLimitsBuilder limits) throws IOException {
    return start(limits.build(), options -> {});
  }

  static NinServer start(ServerLimits limits, Consumer<NinServerBuilder> more) throws IOException {
    ModelRepository models = new ModelRepository(2, 100);
    models.add("block", SourceModel.of(BlockModel.plain()));
    NinServerBuilder options = NinServer.builder(models).port(0).limits(limits);
    more.accept(options);
    NinServer server = options.build();
    server.start();
    return server;
  }

  /** The head of a request for logits, without the line that ends it. */
  static String head(String... headers) {
    return "POST /v2/models/block/infer HTTP/1.1\r\nHost: localhost\r\n"
        + String.join("\r\n", headers)
        + (headers.length == 0 ? "" : "\r\n");
  }

  /** A request that is answered with logits. */
  static String request() {
    return head("Content-Length: " + IMAGE.length()) + "\r\n" + IMAGE;
  }

  /** Waits until something is so. */
  static void await(String what, BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 1000; i++) {
      if (condition.getAsBoolean()) {
        return;
      }
      Thread.sleep(10);
    }
    throw new AssertionError("after ten seconds it is not so that " + what);
  }
}
