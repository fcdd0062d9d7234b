package org.nin4j.bench.serving;

import java.io.IOException;
import org.nin4j.bench.rival.ChildProcess;

/** A server in a process of its own. */
final class Target implements AutoCloseable {
  private final ChildProcess process;
  private final int port;

  /** Waits until the server says its port. */
  Target(ChildProcess process) throws IOException {
    this.process = process;
    port = Integer.parseInt(process.answer("with its port")[0]);
  }

  int port() {
    return port;
  }

  ProcessFacts facts() {
    return new ProcessFacts(process.id());
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
