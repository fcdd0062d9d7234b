package org.nin4j.cli;

import java.io.PrintWriter;
import java.util.Locale;
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
  void started(NinServer server, ModelRepository models, Engine engine) {
    for (ServedModel each : models.models()) {
      LoadedModel model = each.current();
      Shape input = model.source().model().network().input();
      out.printf(
          Locale.ROOT,
          "model    %s: %dx%dx%d, %s, classes %s%n",
          each.name(),
          input.channels(),
          input.height(),
          input.width(),
          model.precision(),
          ListedNames.brief(model.source().model().classes()));
    }
    String first = models.models().iterator().next().name();
    out.printf(Locale.ROOT, "engine   %s, %d threads%n", engine.description(), models.threads());
    out.printf("try      curl -F image=@boot.png %s/classify/%s%n", server.address(), first);
    out.printf("serving  %s (Ctrl-C stops)%n", server.address());
    out.flush();
  }
}
