package org.nin4j.bench.serving;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nin4j.bench.load.LoadChild;
import org.nin4j.bench.rival.BareChild;
import org.nin4j.bench.rival.ChildLauncher;
import org.nin4j.bench.rival.ChildProcess;
import org.nin4j.bench.rival.TorchServerChild;

/**
 * Starts the processes of the measurements.
 *
 * @param program this program's jar, which knows all others
 * @param cache a folder for models, requests and what DJL unpacks
 * @param threads how many images a server computes at the same time
 */
record Launcher(Path program, Path cache, int threads) {
  private static final String NIN = "org.nin4j.cli.Main";

  private ChildProcess start(String name, int perImage, String main, String... arguments)
      throws IOException {
    Path logging = Files.createDirectories(cache).resolve("quiet.properties");
    Files.writeString(logging, ".level=SEVERE\n");
    List<String> options = List.of("-Djava.util.logging.config.file=" + logging);
    return new ChildLauncher(cache, perImage)
        .start(name, program.toString(), options, main, arguments);
  }

  /** The model alone. */
  ChildProcess bare(ServedNetwork network) throws IOException {
    return start(
        "the model",
        threads,
        BareChild.class.getName(),
        network.folder().toString(),
        network.precision().name());
  }

  /** {@code nin serve} with some models, all in the precision of the first. */
  Target nin(ServedNetwork... networks) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("serve", "--port", "0"));
    arguments.addAll(List.of("--precision", networks[0].precisionOption()));
    for (ServedNetwork network : networks) {
      arguments.addAll(List.of("--model", network.option()));
    }
    return Target.serving(start("nin serve", threads, NIN, arguments.toArray(String[]::new)));
  }

  /** {@code nin predict --format json} with all classes, whose lines are the answer. */
  ChildProcess predict(ServedNetwork network, List<Path> images) throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "predict",
                "--model",
                network.model().toString(),
                "--precision",
                network.precisionOption(),
                "--format",
                "json",
                "--top",
                "1000"));
    images.forEach(image -> arguments.add(image.toString()));
    return start("nin predict", threads, NIN, arguments.toArray(String[]::new));
  }

  /**
   * PyTorch behind the same parts.
   *
   * @param workers how many images are computed at the same time
   * @param perImage threads of each
   */
  Target torch(ServedNetwork network, int workers, int perImage) throws IOException {
    return Target.answering(
        start(
            "PyTorch's server",
            perImage,
            TorchServerChild.class.getName(),
            network.name(),
            Integer.toString(network.size()),
            Integer.toString(workers)));
  }

  /** A load generator that sends the requests of some folders, in turn. */
  Load load(Target target, Path... requests) throws IOException {
    List<String> arguments = new ArrayList<>(List.of(Integer.toString(target.port())));
    Arrays.stream(requests).map(Path::toString).forEach(arguments::add);
    return new Load(
        start(
            "the load generator",
            threads,
            LoadChild.class.getName(),
            arguments.toArray(String[]::new)),
        target.facts());
  }
}
