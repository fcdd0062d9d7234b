package org.nin4j.cli;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.io.NamedTensor;
import org.nin4j.io.SafeTensors;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Parameter;
import org.nin4j.train.Initializer;

/** One model in two files: one of ours, and one of another program that only holds its tensors. */
final class ForeignModel {
  /** PyTorch's names for a network without blocks. */
  private static final List<String> NAMES =
      List.of("conv1.weight", "conv1.bias", "conv2.weight", "conv2.bias");

  final Path complete;
  final Path foreign;

  /** The architecture, as --net takes it. */
  final Path network;

  /** The names of the classes, one of which has a comma. */
  final Path classes;

  final Path image;

  private ForeignModel(Path folder) {
    complete = folder.resolve("complete.safetensors");
    foreign = folder.resolve("foreign.safetensors");
    network = folder.resolve("tiny.json");
    classes = folder.resolve("classes.txt");
    image = folder.resolve("image.png");
  }

  static ForeignModel in(Path folder) throws IOException {
    ForeignModel files = new ForeignModel(folder);
    Network network = NetworkJson.read(TinyData.network(files.network));
    Files.writeString(files.classes, "upper\nlower, or below\n");
    Model model =
        new Model(
            network,
            Initializer.HE.initialize(network, 1),
            Files.readAllLines(files.classes),
            Preprocessing.unit(1, 8, 8)
                .antialiased()
                .then(new Normalize(List.of(0.4f), List.of(0.2f))),
            Map.of("seed", "1"));
    Models.write(files.complete, model);
    files.writeForeign(model, NAMES);
    BufferedImage pixels = new BufferedImage(11, 9, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 99; i++) {
      pixels.getRaster().setSample(i % 11, i / 11, 0, i * i % 251);
    }
    ImageIO.write(pixels, "png", files.image.toFile());
    return files;
  }

  private void writeForeign(Model model, List<String> names) throws IOException {
    List<NamedTensor> tensors = new ArrayList<>();
    for (Parameter parameter : model.network().parameters()) {
      tensors.add(
          NamedTensor.of(
              names.get(tensors.size()),
              parameter.shape(),
              model.weights().values(parameter.name())));
    }
    SafeTensors.write(foreign, Map.of("format", "pt"), tensors);
  }

  /** Runs a command on the foreign file with all that the file does not say. */
  Outcome runs(String command, Object... more) {
    List<Object> args = new ArrayList<>(List.of(command));
    args.addAll(Arrays.asList(more));
    args.addAll(List.of("--net", network, "--classes", classes, "--mean", "0.4", "--std", "0.2"));
    return Outcome.of(args.toArray());
  }
}
