package org.nin4j.engine.onednn;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.OwnWeights;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizationParameters;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.Weights;
import org.nin4j.engine.WholeBatch;
import org.nin4j.engine.onednn.verify.VerifiedPrimitives;
import org.nin4j.explain.Explainer;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Parameter.Role;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * Verifies the primitives of the plans that the recipes lead to, and writes them to the table of
 * this instruction set and number of threads. {@code .ci/verified-tables} runs its main for all of
 * them; its argument is the folder of the tables.
 */
final class VerifiedTableMaker {
  private final Engine engine;

  private VerifiedTableMaker(Engine engine) {
    this.engine = engine;
  }

  public static void main(String[] args) throws IOException {
    NativeLibrary library = NativeLibrary.get();
    String setting = OneDnnEngine.setting(library, 1);
    Path file = Path.of(args[0], VerifiedPrimitives.fileName(setting));
    PrimitiveVerifier verifier =
        new PrimitiveVerifier(library, VerifiedPrimitives.keptIn(file.toAbsolutePath()));
    new VerifiedTableMaker(new OneDnnEngine(library, verifier)).verifyAll();
    sort(file);
    System.out.println(file);
  }

  /** A sorted table is read sooner. */
  private static void sort(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    long[] entries = new long[bytes.capacity() / Long.BYTES];
    bytes.asLongBuffer().get(entries);
    Arrays.sort(entries);
    bytes.asLongBuffer().put(entries);
    Files.write(file, bytes.array());
  }

  /** Shards of 16 images, which the recipes have, and of 8 and 32. */
  private void verifyAll() {
    verify(Networks.NIN, Shape.of(1, 1, 96, 96));
    verify(Networks.NIN, Shape.of(1, 1, 224, 224));
    for (Networks preset :
        List.of(
            Networks.NIN_CIFAR10,
            Networks.NIN_CIFAR10_BN,
            Networks.NIN_MNIST,
            Networks.NIN_MNIST_BN,
            Networks.NIN_MODERN,
            Networks.NIN_SMALL)) {
      verify(preset, preset.defaultInput());
    }
    integers(Networks.NIN.build(Shape.of(1, 1, 96, 96), 10));
    integers(Networks.NIN.build(Shape.of(1, 1, 224, 224), 10));
  }

  private void verify(Networks preset, Shape input) {
    Network network = preset.build(input, preset.defaultClasses());
    for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
      if (engine.supports(precision)) {
        for (int shard : new int[] {16, 8, 32}) {
          WholeBatch.compile(engine, network, shard, precision, Gradients.OF_PARAMETERS).close();
        }
        verify(PlanSpec.of(network, 1, precision));
      }
    }
    List<String> paths = network.layers().leaves().stream().map(PlacedLayer::path).toList();
    for (String path : paths) { // as calibration sees them
      verify(PlanSpec.of(network, 1, Precision.FP32).withOutputs(List.of(path)));
    }
    verify(PlanSpec.of(network, 1, Precision.FP32).withOutputs(paths));
    explain(network);
  }

  /** The plans of a report, or of {@code nin explain}. */
  private void explain(Network network) {
    Shape input = network.input();
    Model model =
        new Model(
            network,
            Weights.zeros(network),
            IntStream.range(0, network.classes()).mapToObj(Integer::toString).toList(),
            Preprocessing.unit(input.channels(), input.height(), input.width()),
            Map.of());
    byte[] pixels = new byte[Math.toIntExact(input.elements())];
    try (Explainer explainer = Explainer.of(model, engine, Precision.FP32)) {
      explainer.explain(new DecodedImage(input.channels(), input.height(), input.width(), pixels));
    }
  }

  private void verify(PlanSpec spec) {
    OwnWeights.compile(engine, spec).close();
  }

  /** Images with and without negative numbers; behind a ReLU there are none. */
  private void integers(Network network) {
    if (!engine.supports(Precision.INT8)) {
      return;
    }
    for (int zeroPoint : new int[] {0, 128}) {
      Map<String, QuantizedLayer> layers = new HashMap<>();
      for (PlacedLayer placed : Quantization.quantizable(network)) {
        int channels = placed.parameter(Role.WEIGHT).shape().dim(0);
        QuantizationParameters input =
            new QuantizationParameters(1, layers.isEmpty() ? zeroPoint : 0);
        layers.put(placed.path(), new QuantizedLayer(input, Collections.nCopies(channels, 1f)));
      }
      verify(PlanSpec.of(network, 1, Precision.INT8, new Quantization(layers)));
    }
  }
}
