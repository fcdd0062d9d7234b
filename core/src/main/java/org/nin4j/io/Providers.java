package org.nin4j.io;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;

/** Takes the formats that {@link java.util.ServiceLoader} finds, as far as they can be loaded. */
final class Providers {
  /** A loader that only ever fails must come to an end. */
  private static final int MOST_FAILURES = 10;

  private Providers() {}

  /**
   * Returns all that can be loaded. A provider that cannot, for example because a library that it
   * needs is missing, is left out with a warning in the log, so that it does not keep others from
   * reading their files.
   *
   * @param found the iterator of a service loader
   */
  static <S> List<S> loadable(Iterator<S> found) {
    List<S> loaded = new ArrayList<>();
    int failures = 0;
    while (failures < MOST_FAILURES) {
      try {
        if (!found.hasNext()) {
          break;
        }
        loaded.add(found.next());
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        System.getLogger(Providers.class.getName())
            .log(
                System.Logger.Level.WARNING,
                "a format of model files cannot be used: {0}",
                String.valueOf(e.getMessage()));
      }
    }
    return loaded;
  }
}
