package org.nin4j.bench.serving;

import java.io.IOException;
import java.net.URI;
import org.nin4j.bench.rival.ChildProcess;

/** A server in a process of its own. */
final class Target implements AutoCloseable {
  private static final String SERVING = "serving  ";

  private final ChildProcess process;
  private final int port;

  private Target(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /** A process whose answer is its port. */
  static Target answering(ChildProcess process) throws IOException {
    return new Target(process, Integer.parseInt(process.answer("with its port")[0]));
  }

  /** {@code nin serve}, which says its address when it is ready. */
  static Target serving(ChildProcess process) throws IOException {
    String address = process.lineAfter(SERVING, "that it serves").split(" ", 2)[0];
    return new Target(process, URI.create(address).getPort());
  }

  int port() {
    return port;
  }

  ProcessFacts facts() {
    return new ProcessFacts(process.id());
  }

  URI uri(String path) {
    return URI.create("http://localhost:" + port + path);
  }

  @Override
  public void close() throws IOException {
    process.terminate();
    process.close();
  }
}
