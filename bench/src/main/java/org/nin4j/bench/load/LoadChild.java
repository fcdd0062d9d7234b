package org.nin4j.bench.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A process that sends the requests of some folders to a port of this machine: {@code PORT
 * FOLDER...}, then a {@link LoadOrder} a line, each answered by a {@link LoadResult} as JSON.
 */
public final class LoadChild {
  /** Begins every line that is an answer. */
  public static final String ANSWER = "= ";

  private LoadChild() {}

  /** Runs until there are no more orders. */
  public static void main(String[] args) throws Exception {
    int port = Integer.parseInt(args[0]);
    List<PreparedRequest> requests = new ArrayList<>();
    for (int i = 1; i < args.length; i++) {
      requests.addAll(PreparedRequest.read(Path.of(args[i])));
    }
    ObjectMapper json = new ObjectMapper();
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      LoadOrder order = LoadOrder.parse(line.split(" ", -1));
      System.out.println(
          ANSWER + json.writeValueAsString(new LoadRun(port, requests, order).run()));
      System.out.flush();
    }
  }
}
