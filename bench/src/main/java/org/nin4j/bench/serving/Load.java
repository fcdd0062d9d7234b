package org.nin4j.bench.serving;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.nin4j.bench.load.LoadOrder;
import org.nin4j.bench.load.LoadResult;
import org.nin4j.bench.rival.ChildProcess;

/** A load generator in a process of its own, and the server that it asks. */
final class Load implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ChildProcess process;
  private final ProcessFacts server;

  Load(ChildProcess process, ProcessFacts server) {
    this.process = process;
    this.server = server;
  }

  /**
   * What came of a run.
   *
   * @param result what the clients have seen
   * @param processorSeconds of the server
   * @param clientSeconds processor time of the load generator
   */
  record Outcome(LoadResult result, double processorSeconds, double clientSeconds) {
    /** Processor time of the server for each answer, in microseconds. */
    double microsecondsPerAnswer() {
      return 1e6 * processorSeconds / result.answers();
    }

    double clientMicrosecondsPerAnswer() {
      return 1e6 * clientSeconds / result.answers();
    }
  }

  /** Runs, and waits for the end of it. */
  Outcome run(LoadOrder order) throws IOException {
    ProcessFacts client = new ProcessFacts(process.id());
    double clientBefore = client.processorSeconds();
    double before = server.processorSeconds();
    String answer = String.join(" ", process.ask(order.line()));
    double after = server.processorSeconds();
    LoadResult result = JSON.readValue(answer, LoadResult.class);
    return new Outcome(result, after - before, client.processorSeconds() - clientBefore);
  }

  @Override
  public void close() throws IOException {
    process.close();
  }
}
