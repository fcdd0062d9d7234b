package org.nin4j.server.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.server.http.Exchange;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.http.Router;

/** The page at {@code /}, and its files at {@code /page/*}. */
public final class PageEndpoints {
  private static final List<String> OWN =
      List.of(
          "page.css",
          "app.js",
          "api.js",
          "elements.js",
          "models.js",
          "picture.js",
          "drawing.js",
          "result.js",
          "heat.js",
          "routes.js");

  private static final String PREACT = "preact.module.js";

  private final PageFile index = PageFile.read("index.html");
  private final Map<String, PageFile> files = new LinkedHashMap<>();

  /** Reads all files, so that nothing is read or looked up in folders later. */
  public PageEndpoints() {
    OWN.forEach(name -> files.put(name, PageFile.read(name)));
    files.put(PREACT, PageFile.read("preact/" + PREACT));
  }

  /** Adds the routes; they are open, as it is the page that asks for a token. */
  public void addTo(Router router) {
    router.addOpen("GET", "/", exchange -> send(exchange, index));
    router.addOpen("GET", "/page/*", this::file);
  }

  private void file(Exchange exchange) throws HttpError {
    PageFile file = files.get(exchange.variable(0));
    if (file == null) {
      throw HttpError.notFound("the page has no such file");
    }
    send(exchange, file);
  }

  private static void send(Exchange exchange, PageFile file) {
    exchange.send(file.reply(exchange.header("If-None-Match")));
  }
}
