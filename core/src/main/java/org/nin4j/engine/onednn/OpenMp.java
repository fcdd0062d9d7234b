package org.nin4j.engine.onednn;

import com.sun.jna.Native;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.Loader;

/**
 * The number of OpenMP's threads, a setting of each calling thread, in the OpenMP library that
 * JavaCPP loaded with oneDNN, called through JNA.
 */
final class OpenMp {
  private static final OpenMp LOADED = load();

  private final String failure;

  private OpenMp(String failure) {
    this.failure = failure;
  }

  /** To be called once oneDNN is loaded. */
  static OpenMp get() {
    return LOADED;
  }

  /**
   * By way of oneDNN's own library, where the system looks functions up among what a library
   * depends on: there may be several copies of OpenMP in a process, and this is the one that
   * counts.
   */
  private static OpenMp load() {
    String failure = "no OpenMP library was loaded with oneDNN";
    for (String part : List.of("dnnl", "omp")) {
      for (Map.Entry<String, String> library : Loader.getLoadedLibraries().entrySet()) {
        if (library.getKey().contains(part) && library.getValue() != null) {
          try {
            Native.register(Calls.class, library.getValue());
            return new OpenMp(null);
          } catch (LinkageError | RuntimeException e) {
            failure = String.valueOf(e.getMessage()).lines().findFirst().orElse(failure);
          }
        }
      }
    }
    return new OpenMp(failure);
  }

  /** Why the number of threads cannot be set here; null when it can. */
  String failure() {
    return failure;
  }

  /** With how many threads the calling thread would have oneDNN compute. */
  int threads() {
    if (failure == null) {
      return Calls.omp_get_max_threads();
    }
    String set = System.getenv("OMP_NUM_THREADS");
    return set != null && set.matches("[1-9][0-9]{0,3}")
        ? Integer.parseInt(set)
        : Runtime.getRuntime().availableProcessors();
  }

  /**
   * Sets how many threads compute what the calling thread asks oneDNN for.
   *
   * @return how many it were before, for {@link #restore}
   */
  int use(int threads) {
    if (failure != null) {
      return threads;
    }
    int before = Calls.omp_get_max_threads();
    if (before != threads) {
      Calls.omp_set_num_threads(threads);
    }
    return before;
  }

  /**
   * Leaves the calling thread as it was found.
   *
   * @param before what {@link #use} returned
   * @param threads how many were used
   */
  void restore(int before, int threads) {
    if (failure == null && before != threads) {
      Calls.omp_set_num_threads(before);
    }
  }

  /** The functions of OpenMP's library, under its names. */
  private static final class Calls {
    private Calls() {}

    static native int omp_get_max_threads();

    static native void omp_set_num_threads(int threads);
  }
}
