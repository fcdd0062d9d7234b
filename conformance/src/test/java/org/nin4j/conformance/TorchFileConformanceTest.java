package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.nin4j.engine.WeightsBits.sameBits;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.Engines;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Trial;
import org.nin4j.engine.Weights;
import org.nin4j.io.FileDescription;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.io.Models;
import org.nin4j.io.PretrainedModels;
import org.nin4j.io.TensorInfo;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Network;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Shape;

/**
 * The .pt files that are written here are read by libtorch's own reader, every tensor bit for bit,
 * and its layers compute the same logits from them; what libtorch writes is read here bit for bit.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class TorchFileConformanceTest {
  /** Times PyTorch's own error in single precision. */
  private static final double MARGIN = 16;

  private static final int IMAGES = 2;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource(Networks.class)
  void aPresetWithRandomWeights(Networks preset) {
    Shape full = preset.defaultInput();
    // The weights are the same for smaller images; but VGG's last layers grow with them.
    int size = Math.min(full.height(), preset == Networks.VGG11 ? 32 : 97);
    Shape input = Shape.of(1, full.channels(), size, size);
    agree(new Trial(preset.build(input, preset.defaultClasses()), IMAGES, IMAGES, 7));
  }

  @Test
  void blocksWithBatchNormalisation() {
    List<Layer> layers = new ArrayList<>();
    for (Layer layer : Networks.NIN_CIFAR10.build().layers().layers()) {
      layers.add(layer);
      if (layer instanceof Conv2d conv) {
        layers.add(new BatchNorm2d(conv.outChannels()));
      }
    }
    agree(
        new Trial(
            new Network("normalised", Shape.of(1, 3, 32, 32), new Sequential(layers)),
            IMAGES,
            IMAGES,
            7));
  }

  @Test
  void aPretrainedModel() {
    Model model = PretrainedModels.named("nin-small-cifar10");
    Trial trial = new Trial(model.network(), IMAGES, IMAGES, 7);
    trial.weights.set(model.weights());
    agree(trial);
  }

  private static Model model(Network network, Weights weights) {
    Shape input = network.input();
    return new Model(
        network,
        weights,
        Collections.nCopies(network.classes(), "class"),
        Preprocessing.unit(input.channels(), input.height(), input.width()),
        Map.of());
  }

  /** Writes here, reads there, and computes on both sides. */
  private void agree(Trial trial) {
    Torch.scoped(
        () -> {
          try {
            Path ours = folder.resolve("ours.pt");
            Models.write(ours, model(trial.network, trial.weights));
            Map<String, Tensor> tensors = TorchArchive.tensors(TorchArchive.read(ours));
            sameTensors(trial.weights, ours, tensors);
            sameLogits(trial, tensors);
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return null;
        });
  }

  private static void sameTensors(Weights weights, Path file, Map<String, Tensor> tensors)
      throws IOException {
    FileDescription description = Models.describe(file);
    assertEquals(
        description.tensors().stream().map(TensorInfo::name).toList(),
        List.copyOf(tensors.keySet()));
    for (Parameter parameter : weights.parameters()) {
      Tensor tensor = tensors.get(parameter.name());
      assertEquals(ScalarType.Float, tensor.scalar_type().intern(), parameter.name());
      assertArrayEquals(Torch.dims(parameter.shape()), tensor.sizes().vec().get());
      float[] values = new float[parameter.size()];
      new FloatPointer(tensor.data_ptr()).get(values);
      assertArrayEquals(weights.values(parameter.name()), values, parameter.name());
      if (parameter.role() == Parameter.Role.RUNNING_VARIANCE) {
        Tensor counter = tensors.get(parameter.layer() + ".num_batches_tracked");
        assertEquals(ScalarType.Long, counter.scalar_type().intern());
        assertEquals(0, counter.dim());
        assertArrayEquals(new double[1], Torch.values(counter));
      }
    }
  }

  /** Ours may be as far from double precision as single precision is in PyTorch, several times. */
  private static void sameLogits(Trial trial, Map<String, Tensor> tensors) {
    double[] exact = logits(trial, tensors, ScalarType.Double);
    double[] single = logits(trial, tensors, ScalarType.Float);
    float[] ours = trial.infer(Engines.oneDnn(), Precision.FP32);
    double unit = 0;
    double error = 0;
    for (int i = 0; i < exact.length; i++) {
      unit = Math.max(unit, Math.abs(single[i] - exact[i]));
      error = Math.max(error, Math.abs(ours[i] - exact[i]));
    }
    assertTrue(unit > 0 && error <= MARGIN * unit, error + " against " + unit);
  }

  private static double[] logits(Trial trial, Map<String, Tensor> tensors, ScalarType type) {
    Shape shape = trial.network.input().withBatch(trial.count);
    Tensor value = Torch.tensor(trial.images, shape).to(type);
    for (PlacedLayer placed : trial.network.layers().leaves()) {
      List<Tensor> parameters =
          placed.parameters().stream()
              .map(parameter -> tensors.get(parameter.name()).to(type))
              .toList();
      value = placed.layer().accept(new TorchLayers(value, parameters, false, null));
    }
    return Torch.values(value);
  }

  private static Weights read(Path file, Network network) throws IOException {
    int channels = network.input().channels();
    ImportOptions options =
        ImportOptions.none()
            .network(network)
            .classes(Collections.nCopies(network.classes(), "class"))
            .normalization(
                new Normalize(
                    Collections.nCopies(channels, 0f), Collections.nCopies(channels, 1f)));
    return Models.read(file, options).weights();
  }

  @Test
  void whatLibtorchWritesIsRead() throws IOException {
    Model model = PretrainedModels.named("nin-small-cifar10");
    Path file = folder.resolve("ours.pt");
    Models.write(file, model);
    changed(file, tensors -> {});
    assertTrue(Models.describe(file).metadata().isEmpty(), "libtorch drops our metadata");
    assertTrue(sameBits(model.weights(), read(file, model.network())));
  }

  /** The numbers have few digits, so that each type holds them. */
  @Test
  void typesAndViewsThatLibtorchWrites() throws IOException {
    Network network =
        new Network(
            "views", Shape.of(1, 3, 3, 3), new Sequential(new Conv2d(3, 4, 3), new Flatten()));
    Weights weights = Weights.zeros(network);
    for (int i = 0; i < weights.count(); i++) {
      for (int k = 0; k < weights.values(i).length; k++) {
        weights.values(i)[k] = (k - 20) / 8f;
      }
    }
    Path file = folder.resolve("views.pt");
    for (ScalarType type :
        List.of(ScalarType.Half, ScalarType.BFloat16, ScalarType.Double, ScalarType.Float)) {
      Models.write(file, model(network, weights));
      changed(
          file,
          tensors -> {
            Tensor weight = tensors.get("0.weight");
            weight.set_data(weight.to(type).transpose(0, 3).contiguous().transpose(0, 3));
          });
      assertTrue(Models.describe(file).tensors().get(0).toString().endsWith(" 4x3x3x3"));
      assertTrue(sameBits(weights, read(file, network)), type.toString());
    }
  }

  /** Has libtorch read a file, change it, and write it again. */
  private static void changed(Path file, Consumer<Map<String, Tensor>> change) {
    Torch.scoped(
        () -> {
          try {
            IValue stateDict = TorchArchive.read(file);
            change.accept(TorchArchive.tensors(stateDict));
            TorchArchive.write(file, stateDict);
            return null;
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }
}
