package org.nin4j.cli;

import java.io.PrintWriter;
import java.util.List;
import org.nin4j.engine.Engine;
import org.nin4j.nn.Shape;
import org.nin4j.server.NinServer;
import org.nin4j.server.model.LoadedModel;
import org.nin4j.server.model.ModelRepository;
import org.nin4j.server.model.ServedModel;

/**
 * Says what is served, and how to try it.
 *
 * @param out the screen
 */
record ServeReport(PrintWriter out) {
  /** Says it; by concatenation, as formats would load the JDK's locales when requests come. */
  void started(NinServer server, ModelRepository models, Engine engine, String curlOption) {
    for (ServedModel each : models.models()) {
      LoadedModel model = each.current();
      Shape input = model.source().model().network().input();
      List<String> classes = model.source().model().classes();
      out.println(
          "model    "
              + each.name()
              + ": "
              + input.channels()
              + "x"
              + input.height()
              + "x"
              + input.width()
              + " -> "
              + classes.size()
              + " classes ("
              + ListedNames.joined(classes)
              + "), "
              + model.precision());
    }
    String first = models.models().iterator().next().name();
    out.println("engine   " + engine.description() + ", threads: " + models.threads());
    out.println(
        "try      curl "
            + curlOption
            + "-F image=@boot.png "
            + server.address()
            + "/classify/"
            + first);
    out.println("serving  " + server.address() + " (Ctrl-C stops)");
    out.flush();
  }
}
