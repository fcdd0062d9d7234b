package consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nin4j.Classifier;
import org.nin4j.Engines;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Weights;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.train.Initializer;

/**
 * Classifies a black image with untrained weights, on oneDNN or not at all, after they have been in a
 * file of each format.
 */
public final class Consumer {
  private static final List<String> DIGITS =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");

  private Consumer() {}

  public static void main(String[] args) throws IOException {
    Engine engine =
        Engines.best(
            warning -> {
              throw new IllegalStateException(warning);
            });
    Network network = Networks.NIN_MNIST.build();
    Weights weights = Initializer.HE.initialize(network, 1);
    Model model = new Model(network, weights, DIGITS, Preprocessing.unit(1, 28, 28), Map.of());
    StringBuilder formats = new StringBuilder("formats:");
    for (String extension : List.of(".safetensors", ".pt", ".npz", ".onnx")) {
      Path file = Files.createTempFile("consumer", extension);
      Models.write(file, model);
      model = Models.read(file);
      Files.delete(file);
      formats.append(' ').append(extension);
    }
    System.out.println(formats);
    try (Classifier classifier = Classifier.builder(model).engine(engine).build()) {
      String label = classifier.predict(new byte[28 * 28], 1, 28, 28).label();
      System.out.println(engine.description() + " sees a " + label);
    }
    System.out.println("module: " + Engines.class.getModule().getName());
  }
}
