package org.nin4j.cli;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.nin4j.io.PretrainedModels;

/**
 * Classifies a picture, and another one over HTTP, so that the classes that this takes are loaded.
 * The script {@code nin} runs this once for each build with the JVM's option to keep them in a
 * class data archive, from which later commands start sooner. What fails here is only not in the
 * archive.
 */
final class Rehearsal {
  private static final int SECONDS = 20;
  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:[0-9]+");

  private Rehearsal() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Main.prepare();
    String model = PretrainedModels.names().get(0);
    ByteArrayOutputStream picture = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(32, 32, BufferedImage.TYPE_3BYTE_BGR), "png", picture);
    Path file = Files.createTempFile("nin", ".png");
    try {
      Files.write(file, picture.toByteArray());
      run(new StringWriter(), "predict", "--model", model, file.toString());
    } finally {
      Files.delete(file);
    }
    serve(model, picture.toByteArray());
    System.exit(0); // whatever is still running
  }

  private static void run(StringWriter out, String... args) {
    PrintWriter screen = new PrintWriter(out, true);
    Main.run(Main.commandLine().setOut(screen).setErr(screen), args);
  }

  private static void serve(String model, byte[] picture) throws InterruptedException {
    StringWriter out = new StringWriter();
    Thread server = new Thread(() -> run(out, "serve", "--port", "0", "--model", model));
    server.start();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    Matcher matcher = ADDRESS.matcher(out.toString());
    while (!matcher.find() && server.isAlive() && System.nanoTime() < end) {
      Thread.sleep(10);
      matcher = ADDRESS.matcher(out.toString());
    }
    try {
      URI address = URI.create(matcher.group());
      ask(address, "GET /v2/health/ready", new byte[0]);
      ask(address, "POST /classify/" + model, picture);
    } catch (IOException | IllegalStateException e) {
      System.err.println("nin: " + Failures.sentence(e));
    }
    server.interrupt();
    server.join(TimeUnit.SECONDS.toMillis(SECONDS));
  }

  /** Sends a request and reads the answer to its end. */
  private static void ask(URI server, String request, byte[] body) throws IOException {
    String head =
        request
            + " HTTP/1.1\r\nHost: "
            + server.getAuthority()
            + "\r\nContent-Type: image/png\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().write(body);
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    }
  }
}
