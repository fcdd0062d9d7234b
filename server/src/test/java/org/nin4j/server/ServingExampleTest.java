package org.nin4j.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.eclipse.jetty.util.component.LifeCycle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.io.BlockModel;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Models;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;

/** The example of docs/serving.md, as it stands there; {@code Path} is the test's own. */
class ServingExampleTest {
  private static final String BEGIN = "    // the example";
  private static final String END = "    // its end";

  @TempDir static java.nio.file.Path folder;

  private static int status;

  private static void example(Server server) throws Exception {
    // the example
    ModelRepository models = new ModelRepository(2, 100);
    models.add("shoes", Path.of("model.safetensors"), ImportOptions.none());
    InferenceHandler inference = new InferenceHandler(models, ServerLimits.defaults());
    server.setHandler(new ContextHandler(inference, "/vision"));
    server.start();
    // and at the end
    inference.drain();
    inference.awaitDrained(Duration.ofSeconds(30));
    server.stop();
    models.close();
    // its end
  }

  @Test
  void theHandlerAnswersBelowItsPath() throws Exception {
    Models.write(folder.resolve("model.safetensors"), BlockModel.plain());
    Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    server.addEventListener(
        new LifeCycle.Listener() {
          @Override
          public void lifeCycleStarted(LifeCycle event) {
            status = status(server.getURI().resolve("/vision/v2/models/shoes"));
          }
        });
    example(server);
    assertEquals(200, status);
  }

  private static int status(URI uri) {
    try {
      return HttpClient.newHttpClient()
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Test
  void theGuideHasThisExample() throws IOException {
    List<String> test =
        Files.readAllLines(
            java.nio.file.Path.of("src/test/java/org/nin4j/server/ServingExampleTest.java"));
    String example =
        test.subList(test.indexOf(BEGIN) + 1, test.indexOf(END)).stream()
            .map(line -> line.substring(4))
            .collect(Collectors.joining("\n"));
    String guide = Files.readString(java.nio.file.Path.of("../docs/serving.md"));
    assertTrue(guide.contains("```java\n" + example + "\n```\n"), example);
  }

  /** Finds the example's files in the test's folder. */
  private static final class Path {
    static java.nio.file.Path of(String name) {
      return folder.resolve(name);
    }
  }
}
