package org.nin4j.bench.serving;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.nin4j.bench.load.LoadChild;
import org.nin4j.bench.rival.BareChild;
import org.nin4j.bench.rival.ChildLauncher;
import org.nin4j.bench.rival.ChildProcess;
import org.nin4j.bench.rival.NinServerChild;
import org.nin4j.bench.rival.ServedFiles;
import org.nin4j.bench.rival.TorchServerChild;

/**
 * Starts the processes of the measurements.
 *
 * @param program this program's jar, which knows all others
 * @param cache a folder for models, requests and what DJL unpacks
 * @param threads how many images a server computes at the same time
 */
record Launcher(Path program, Path cache, int threads) {
  private ChildProcess start(String name, int perImage, Class<?> main, String... arguments)
      throws IOException {
    return new ChildLauncher(cache, perImage)
        .start(name, program.toString(), List.of(), main, arguments);
  }

  /** The model alone. */
  ChildProcess bare(Path folder) throws IOException {
    return start("the model", threads, BareChild.class, folder.toString());
  }

  /** This library's server. */
  Target nin(String name, Path folder) throws IOException {
    return new Target(
        start(
            "the server",
            threads,
            NinServerChild.class,
            name,
            ServedFiles.model(folder).toString()));
  }

  /**
   * PyTorch behind the same parts.
   *
   * @param workers how many images are computed at the same time
   * @param perImage threads of each
   */
  Target torch(String network, int size, int workers, int perImage) throws IOException {
    return new Target(
        start(
            "PyTorch's server",
            perImage,
            TorchServerChild.class,
            network,
            Integer.toString(size),
            Integer.toString(workers)));
  }

  /** A load generator that sends the requests of a folder. */
  Load load(Target target, Path requests) throws IOException {
    return new Load(
        start(
            "the load generator",
            threads,
            LoadChild.class,
            Integer.toString(target.port()),
            requests.toString()),
        target.facts());
  }
}
