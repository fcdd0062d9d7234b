package org.nin4j;

import java.util.function.Consumer;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.engine.reference.ReferenceEngine;

/**
 * The engines of the library, and the choice of one. A program chooses its engine once, before
 * anything runs, and hands it on.
 */
public final class Engines {
  private static final System.Logger LOG = System.getLogger(Engines.class.getName());

  private Engines() {}

  /**
   * Begins to load the native library on a thread of its own, so that a later call of {@link
   * #best()} or {@link #oneDnn()} waits less. This method itself neither waits nor fails: the later
   * call reports whether the library can be loaded.
   */
  public static void prepare() {
    Thread loader = new Thread(() -> best(nobody -> {}), "nin4j-loader");
    loader.setDaemon(true);
    loader.start();
  }

  /**
   * Returns oneDNN's engine, or, where it cannot be loaded, the reference engine. In that case a
   * warning in the log says why and what to do.
   *
   * @return the fastest engine of this machine
   */
  public static Engine best() {
    return best(message -> LOG.log(System.Logger.Level.WARNING, message));
  }

  /**
   * Returns oneDNN's engine, or, where it cannot be loaded, the reference engine.
   *
   * @param warnings receives one sentence that says why oneDNN cannot be loaded and what to do; it
   *     is not called where oneDNN is loaded
   * @return the fastest engine of this machine
   */
  public static Engine best(Consumer<String> warnings) {
    try {
      return oneDnn();
    } catch (EngineException e) {
      warnings.accept(e.getMessage() + "; going on in plain Java, many times slower");
      return reference();
    }
  }

  /**
   * Returns the engine that computes with oneDNN's native library.
   *
   * @return a new engine; engines share the library
   * @throws EngineException when the library cannot be loaded; the message says why and what to do
   */
  public static Engine oneDnn() {
    return new OneDnnEngine();
  }

  /**
   * Returns the reference engine: plain Java, on every platform, many times slower than oneDNN.
   *
   * @return a new engine
   */
  public static Engine reference() {
    return new ReferenceEngine();
  }
}
