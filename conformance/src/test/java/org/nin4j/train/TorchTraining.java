package org.nin4j.train;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.nin4j.conformance.Torch;
import org.nin4j.conformance.TorchLayers;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DatasetSplits;
import org.nin4j.data.Epoch;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.Shape;

/**
 * A recipe carried out by PyTorch: its layers, its cross-entropy, its autograd, its clipping and
 * its optimizers; only batches, dropout masks and learning rates are ours.
 */
final class TorchTraining {
  private static final int MEAN = 1;
  private static final int IGNORED_LABEL = -100;

  private final Network network;
  private final Recipe recipe;
  private final ScalarType type;
  private final SeededDropout dropout;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final TensorVector trained = new TensorVector();

  /** Loss of each step. */
  final List<Double> losses = new ArrayList<>();

  /** Parameters and buffers at the end. */
  final Map<String, double[]> weights = new LinkedHashMap<>();

  private TorchTraining(Network network, Recipe recipe, long seed, ScalarType type) {
    this.network = network;
    this.recipe = recipe;
    this.type = type;
    dropout = new SeededDropout(seed);
  }

  /** Trains from these weights to the end. */
  static TorchTraining run(
      Network network,
      DatasetSplits data,
      Recipe recipe,
      long seed,
      Weights start,
      ScalarType type) {
    TorchTraining training = new TorchTraining(network, recipe, seed, type);
    return Torch.scoped(
        () -> {
          training.train(data, seed, start);
          return training;
        });
  }

  private void train(DatasetSplits data, long seed, Weights start) {
    for (int i = 0; i < start.count(); i++) {
      Parameter parameter = start.parameters().get(i);
      Tensor value = Torch.tensor(start.values(i), parameter.shape()).to(type);
      parameters.put(parameter.name(), parameter.trainable() ? Torch.leaf(value) : value.clone());
      if (parameter.trainable()) {
        trained.push_back(parameters.get(parameter.name()));
      }
    }
    Optimizer optimizer = optimizer();
    DataLoader loader =
        new DataLoader(
            data.train(),
            PixelStatistics.normalizing(data.train(), recipe.imageSize()),
            recipe.batchSize(),
            true,
            recipe.augmentation(),
            seed);
    long total = (long) loader.batches() * recipe.epochs();
    long step = 0;
    for (int number = 0; number < recipe.epochs(); number++) {
      try (Epoch epoch = loader.epoch(number, 0)) {
        for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
          dropout.atStep(step);
          step(optimizer, batch, recipe.schedule().at(step++, total));
        }
      }
    }
    parameters.forEach((name, value) -> weights.put(name, Torch.values(value)));
  }

  private Optimizer optimizer() {
    if (recipe.optimizer() instanceof OptimizerConfig.Sgd sgd) {
      SGDOptions options = new SGDOptions(1);
      options.momentum().put(sgd.momentum());
      options.nesterov().put(sgd.nesterov());
      options.weight_decay().put(sgd.weightDecay());
      return new SGD(trained, options);
    }
    OptimizerConfig.AdamW adam = (OptimizerConfig.AdamW) recipe.optimizer();
    AdamWOptions options = new AdamWOptions(1);
    int first = options.betas().get(0) < options.betas().get(1) ? 0 : 1; // a tuple's order varies
    options.betas().put(first, adam.beta1()).put(1 - first, adam.beta2());
    options.eps().put(adam.eps());
    options.weight_decay().put(adam.weightDecay());
    return new AdamW(trained, options);
  }

  private void step(Optimizer optimizer, Batch batch, double learningRate) {
    long[] labels = Arrays.stream(batch.labels()).limit(batch.size()).asLongStream().toArray();
    double loss =
        Torch.scoped(
            () -> {
              optimizer.zero_grad();
              Tensor mean =
                  torch.cross_entropy_loss(
                      forward(batch),
                      Tensor.create(labels),
                      new TensorOptional(),
                      MEAN,
                      IGNORED_LABEL,
                      recipe.labelSmoothing());
              mean.backward();
              if (recipe.clipNorm() < Double.POSITIVE_INFINITY) {
                torch.clip_grad_norm_(trained, recipe.clipNorm());
              }
              optimizer.param_groups().get(0).options().set_lr(learningRate);
              optimizer.step();
              return mean.item_double();
            });
    losses.add(loss);
  }

  private Tensor forward(Batch batch) {
    Shape shape = network.input().withBatch(batch.size());
    float[] images = Arrays.copyOf(batch.images(), Math.toIntExact(shape.elements()));
    Tensor value = Torch.tensor(images, shape).to(type);
    int dropouts = 0;
    for (PlacedLayer placed : network.layers().leaves()) {
      Tensor mask = null;
      if (placed.layer() instanceof Dropout layer) {
        float[] values = new float[Math.toIntExact(shape.elements())];
        dropout.fill(dropouts++, layer.p(), values, values.length);
        mask = Torch.tensor(values, shape).to(type);
      }
      List<Tensor> own =
          placed.parameters().stream().map(each -> parameters.get(each.name())).toList();
      value = placed.layer().accept(new TorchLayers(value, own, true, mask));
      shape = placed.layer().outputShape(shape);
    }
    return value;
  }
}
