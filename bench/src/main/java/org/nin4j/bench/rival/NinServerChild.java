package org.nin4j.bench.rival;

import java.nio.file.Path;
import org.nin4j.io.ImportOptions;
import org.nin4j.server.NinServer;
import org.nin4j.server.model.ModelRepository;

/** This library's server: {@code NAME FILE}. Prints its port, and runs until its input ends. */
public final class NinServerChild {
  private NinServerChild() {}

  /** Serves. */
  public static void main(String[] args) throws Exception {
    ModelRepository models = new ModelRepository(ChildSettings.threads(), 100);
    models.add(args[0], Path.of(args[1]), ImportOptions.none());
    try (NinServer server = NinServer.builder(models).port(0).build()) {
      server.start();
      System.out.println(Protocol.ANSWER + server.port());
      System.out.flush();
      while (System.in.read() >= 0) {
        // until the parent has finished
      }
    }
  }
}
