package org.nin4j;

import java.util.function.Consumer;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.engine.reference.ReferenceEngine;

/** The engines that there are, and the choice among them: once, before anything runs. */
public final class Engines {
  private static final System.Logger LOG = System.getLogger(Engines.class.getName());

  private Engines() {}

  /**
   * Begins to load the native library, on a thread of its own, so that less of it is left to wait
   * for when an engine is asked for. Whether it can be loaded is said then.
   */
  public static void prepare() {
    Thread loader = new Thread(() -> best(nobody -> {}), "nin4j-loader");
    loader.setDaemon(true);
    loader.start();
  }

  /** oneDNN; where it cannot load, plain Java, with a warning in the log that says why. */
  public static Engine best() {
    return best(message -> LOG.log(System.Logger.Level.WARNING, message));
  }

  /**
   * oneDNN; where it cannot load, plain Java.
   *
   * @param warnings told why it is plain Java, if it is, and what to do
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
   * The fast engine, which computes with oneDNN.
   *
   * @throws EngineException when its native library cannot be loaded; the message says why and what
   *     to do
   */
  public static Engine oneDnn() {
    return new OneDnnEngine();
  }

  /** The reference engine: plain Java, on every platform, many times slower than oneDNN. */
  public static Engine reference() {
    return new ReferenceEngine();
  }
}
