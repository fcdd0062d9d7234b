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
import org.nin4j.engine.Engine;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.Grid;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.QuantizedLayer;
import org.nin4j.engine.onednn.verify.VerifiedPrimitives;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * Verifies the primitives of the plans that the recipes lead to, and writes them to the table of
 * this instruction set and number of threads. {@code .ci/verified-tables} runs its main for all of
 * them; its argument is the folder of the tables.
 */
final class VerifiedTableMaker {
  /** Of a test: the batch of an evaluation, and what is left of 2,000 or 10,000 images. */
  private static final int[] TEST = {1, 64, 16};

  private final Engine engine;

  private VerifiedTableMaker(Engine engine) {
    this.engine = engine;
  }

  public static void main(String[] args) throws IOException {
    NativeLibrary library = NativeLibrary.get();
    String setting = OneDnnEngine.setting(library);
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

  private void verifyAll() {
    // Batches of the recipes, and what is left of 10,000 and 60,000 images.
    verify(Networks.NIN, Shape.of(1, 1, 96, 96), 64, 32, 16);
    verify(Networks.NIN, Shape.of(1, 1, 224, 224), 64, 128, 96, 16);
    verify(Networks.NIN_CIFAR10, Shape.of(1, 3, 32, 32), 64, 128);
    verify(Networks.NIN_MNIST, Shape.of(1, 1, 28, 28), 64, 128, 96, 32, 16);
    integers(Networks.NIN.build(Shape.of(1, 1, 96, 96), 10));
    integers(Networks.NIN.build(Shape.of(1, 1, 224, 224), 10));
  }

  private void verify(Networks preset, Shape input, int... batches) {
    Network network = preset.build(input, preset.defaultClasses());
    for (Precision precision : List.of(Precision.FP32, Precision.BF16)) {
      if (engine.supports(precision)) {
        for (int batch : batches) {
          engine.compileTraining(network, batch, precision, Gradients.OF_PARAMETERS).close();
        }
        for (int batch : TEST) {
          engine.compileInference(network, batch, precision).close();
        }
      }
    }
  }

  /** Images with and without negative numbers; behind a ReLU there are none. */
  private void integers(Network network) {
    if (!engine.supports(Precision.INT8)) {
      return;
    }
    for (int zeroPoint : new int[] {0, 128}) {
      Map<String, QuantizedLayer> layers = new HashMap<>();
      for (PlacedLayer placed : Quantization.quantizable(network)) {
        int channels = placed.layer().parameters().get(0).shape().dim(0);
        Grid grid = new Grid(1, layers.isEmpty() ? zeroPoint : 0);
        layers.put(placed.path(), new QuantizedLayer(grid, Collections.nCopies(channels, 1f)));
      }
      for (int batch : TEST) {
        engine.compileInference(network, batch, Precision.INT8, new Quantization(layers)).close();
      }
    }
  }
}
