package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Sends signals to a process that serves, while a client is still sending its request. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process there can only be killed")
class ServeSignalTest {
  private static final int INTERRUPTED = 128 + 2;

  @TempDir Path folder;

  /** A process, what it prints, and a request of which half has been sent. */
  private record Serving(Process process, BufferedReader output, URI address, Socket request)
      implements AutoCloseable {
    static final byte[] BODY = "{\"inputs\": []}    ".getBytes(StandardCharsets.US_ASCII);

    static Serving in(Path folder) throws IOException {
      List<String> args = List.of("serve", "--port=0", "--model=complete.safetensors");
      ForeignModel.in(folder);
      Process process = ChildJvm.of(folder, Main.class, args).start();
      BufferedReader output = process.inputReader();
      String line = output.readLine();
      while (!line.startsWith("serving")) {
        line = output.readLine();
      }
      URI address = URI.create(line.split(" +", -1)[1]);
      Socket request = new Socket(address.getHost(), address.getPort());
      request.setSoTimeout(30_000);
      write(
          request,
          "POST /v2/models/complete/infer HTTP/1.1\r\nHost: localhost\r\n"
              + "Expect: 100-continue\r\nContent-Length: "
              + BODY.length
              + "\r\n\r\n");
      assertTrue(status(request).contains(" 100 ")); // the server has let the request in
      assertEquals("\r", status(request));
      write(request, "{");
      return new Serving(process, output, address, request);
    }

    /** Returns the status of a request of its own. */
    String ready() throws IOException {
      try (Socket other = new Socket(address.getHost(), address.getPort())) {
        other.setSoTimeout(30_000);
        write(other, "GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        return status(other);
      }
    }

    /** Waits until the server says that it is not ready any more. */
    void awaitUnready() throws IOException, InterruptedException {
      while (!ready().contains(" 503 ")) {
        Thread.sleep(5);
      }
    }

    /** Sends the rest of the request and returns the status of its response. */
    String finish() throws IOException {
      request.getOutputStream().write(BODY, 1, BODY.length - 1);
      return status(request);
    }

    int exitCode() throws InterruptedException {
      assertTrue(process.waitFor(30, TimeUnit.SECONDS));
      return process.exitValue();
    }

    private static void write(Socket socket, String text) throws IOException {
      socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String status(Socket socket) throws IOException {
      StringBuilder line = new StringBuilder();
      for (int c = socket.getInputStream().read(); c != '\n' && c >= 0; ) {
        line.append((char) c);
        c = socket.getInputStream().read();
      }
      return line.toString();
    }

    @Override
    public void close() throws IOException {
      process.destroyForcibly();
      request.close();
    }
  }

  @Test
  void afterSigtermTheServerIsNotReadyFinishesWhatItHasAndSucceeds() throws Exception {
    try (Serving serving = Serving.in(folder)) {
      serving.process().toHandle().destroy();
      serving.awaitUnready();
      String status = serving.finish();
      assertTrue(status.contains(" 400 "), status); // answered, and it asks for nothing
      assertEquals(0, serving.exitCode());
      assertEquals(List.of(), serving.output().lines().toList());
    }
  }

  @Test
  void ctrlCDrainsAndAnotherEndsTheServerAtOnce() throws Exception {
    ChildJvm.assumeInterruptible();
    try (Serving serving = Serving.in(folder)) {
      ChildJvm.interrupt(serving.process().toHandle());
      serving.awaitUnready();
      assertTrue(serving.process().isAlive());
      assertEquals("", serving.output().readLine());
      assertEquals(
          "nin: finishing what was accepted; Ctrl-C again ends it", serving.output().readLine());
      ChildJvm.interrupt(serving.process().toHandle());
      assertEquals(INTERRUPTED, serving.exitCode());
    }
  }

  @Test
  void ctrlCWithNothingToFinishSucceeds() throws Exception {
    ChildJvm.assumeInterruptible();
    try (Serving serving = Serving.in(folder)) {
      serving.request().close();
      ChildJvm.interrupt(serving.process().toHandle());
      assertEquals(0, serving.exitCode());
    }
  }
}
