package consumer;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import javax.imageio.ImageIO;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.ContextHandler;
import org.nin4j.io.SourceModel;
import org.nin4j.server.InferenceHandler;
import org.nin4j.server.NinServer;
import org.nin4j.server.limits.ServerLimits;
import org.nin4j.server.model.ModelRepository;

/** Classifies an image over HTTP: with a server of the library's, and with one of its own. */
public final class Serving {
  private static final String NAME = "nin-small-cifar10";

  private Serving() {}

  public static void main(String[] args) throws Exception {
    try (NinServer server = NinServer.builder(models()).port(0).build()) {
      server.start();
      ask("a server", server.address());
    }
    try (ModelRepository models = models()) {
      InferenceHandler inference = new InferenceHandler(models, ServerLimits.defaults());
      Server server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      server.setHandler(new ContextHandler(inference, "/vision"));
      server.start();
      ask("a handler", server.getURI());
      inference.drain();
      inference.awaitDrained(Duration.ofSeconds(30));
      server.stop();
    }
    System.out.println("threads left: " + threadsOfServers());
    System.out.println("module: " + NinServer.class.getModule().getName());
  }

  private static ModelRepository models() throws IOException {
    ModelRepository models = new ModelRepository(2, 100);
    models.add(NAME, SourceModel.read(NAME));
    return models;
  }

  private static void ask(String who, URI base) throws IOException, InterruptedException {
    String path = base.getPath().replaceAll("/$", "");
    HttpRequest health = HttpRequest.newBuilder(base.resolve(path + "/v2/health/ready")).build();
    HttpRequest image =
        HttpRequest.newBuilder(base.resolve(path + "/classify/" + NAME + "?top=1"))
            .POST(HttpRequest.BodyPublishers.ofByteArray(blackImage()))
            .build();
    System.out.println(who + " is ready: " + send(health).statusCode());
    System.out.println(who + " answers: " + send(image).body());
  }

  private static HttpResponse<String> send(HttpRequest request)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static byte[] blackImage() throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB), "png", file);
    return file.toByteArray();
  }

  /** The threads of the library, of Jetty and of Prometheus; those of the JDK's client are left out. */
  private static long threadsOfServers() throws InterruptedException {
    Thread.sleep(100); // a thread that ends is still there for a moment
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().matches("(nin4j|qtp|Scheduler|Session|prometheus).*"))
        .peek(thread -> System.out.println("left: " + thread))
        .count();
  }
}
