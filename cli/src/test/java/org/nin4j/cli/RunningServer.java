package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code nin serve} on a thread of this JVM, on a free port. */
final class RunningServer implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("(?m)^serving +(https?://\\S+)");
  private static final int SECONDS = 30;

  final StringWriter out = new StringWriter();
  final StringWriter err = new StringWriter();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Thread thread;
  private final URI address;
  private volatile int exitCode = -1;

  private RunningServer(String[] args) throws InterruptedException {
    thread =
        new Thread(
            () ->
                exitCode =
                    Main.run(
                        Main.commandLine()
                            .setOut(new PrintWriter(out, true))
                            .setErr(new PrintWriter(err, true)),
                        args));
    thread.start();
    address = URI.create(awaitAddress());
  }

  /** Starts the command and waits until it serves. */
  static RunningServer of(Object... options) throws InterruptedException {
    List<String> args = new ArrayList<>(List.of("serve", "--port=0"));
    Arrays.stream(options).map(Object::toString).forEach(args::add);
    return new RunningServer(args.toArray(String[]::new));
  }

  private String awaitAddress() throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (true) {
      boolean ended = !thread.isAlive();
      Matcher matcher = ADDRESS.matcher(out.toString());
      if (matcher.find()) {
        return matcher.group(1);
      }
      assertFalse(ended, () -> "the server has ended: " + err);
      assertTrue(System.nanoTime() < end, () -> "not in time: " + out + err);
      Thread.sleep(5);
    }
  }

  URI address() {
    return address;
  }

  HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(address.resolve(path)).build());
  }

  HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(address.resolve(path))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
    return client.send(request, BodyHandlers.ofString());
  }

  /** Sends bytes that no client would send, and returns what comes until the server has enough. */
  String raw(String request) throws IOException {
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(SECONDS));
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  /** Stops the server as a signal does, and asserts that it ends well. */
  @Override
  public void close() {
    thread.interrupt();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(SECONDS));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    assertEquals(0, exitCode, err.toString());
  }
}
