package org.nin4j.bench.rival;

import ai.djl.Device;
import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.norm.Dropout;
import ai.djl.nn.pooling.Pool;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import ai.djl.training.Trainer;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import ai.djl.util.Pair;
import java.util.Arrays;
import org.nin4j.bench.result.Work;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Layer;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Size2d;

/** PyTorch through DJL, as its examples do it: blocks, a trainer, default settings. */
final class DjlRival implements Rival {
  private static final String ENGINE = "PyTorch";

  private final Exercise exercise;
  private final Model model;
  private final NDManager manager;
  private final SequentialBlock block;
  private final Trainer trainer;
  private final ParameterStore parameters;

  DjlRival(Exercise exercise, Work work) {
    this.exercise = exercise;
    model = Model.newInstance(exercise.network().name(), Device.cpu(), ENGINE);
    manager = model.getNDManager();
    block = block(exercise);
    model.setBlock(block);
    Shape shape = shape(exercise.shape());
    if (work == Work.TRAINING) {
      Optimizer sgd =
          Optimizer.sgd()
              .setLearningRateTracker(Tracker.fixed(LEARNING_RATE))
              .optMomentum(MOMENTUM)
              .build();
      trainer =
          model.newTrainer(
              new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
                  .optOptimizer(sgd)
                  .optDevices(new Device[] {Device.cpu()}));
      trainer.initialize(shape);
      parameters = null;
    } else {
      trainer = null;
      block.initialize(manager, DataType.FLOAT32, shape);
      parameters = new ParameterStore(manager, false);
    }
    int index = 0;
    Weights weights = exercise.model().weights();
    for (Pair<String, ai.djl.nn.Parameter> each : block.getParameters()) {
      each.getValue().getArray().set(weights.values(index++));
    }
  }

  private static SequentialBlock block(Exercise exercise) {
    SequentialBlock block = new SequentialBlock();
    for (PlacedLayer placed : exercise.network().layers().leaves()) {
      block.add(block(placed.layer()));
    }
    return block;
  }

  private static Block block(Layer layer) {
    if (layer instanceof org.nin4j.nn.Conv2d conv) {
      return Conv2d.builder()
          .setFilters(conv.outChannels())
          .setKernelShape(shape(conv.kernel()))
          .optStride(shape(conv.stride()))
          .optPadding(shape(conv.padding()))
          .optBias(conv.bias())
          .build();
    }
    if (layer instanceof ReLU) {
      return Activation.reluBlock();
    }
    if (layer instanceof MaxPool2d pool) {
      return Pool.maxPool2dBlock(
          shape(pool.kernel()), shape(pool.stride()), shape(pool.padding()), pool.ceilMode());
    }
    if (layer instanceof org.nin4j.nn.Dropout dropout) {
      return Dropout.builder().optRate(dropout.p()).build();
    }
    if (layer instanceof org.nin4j.nn.AdaptiveAvgPool2d) {
      return Pool.globalAvgPool2dBlock();
    }
    if (layer instanceof org.nin4j.nn.Flatten) {
      return Blocks.batchFlattenBlock();
    }
    throw new IllegalArgumentException("no block of DJL was written down for " + layer);
  }

  private static Shape shape(Size2d size) {
    return new Shape(size.height(), size.width());
  }

  private static Shape shape(org.nin4j.nn.Shape shape) {
    return new Shape(shape.dims().stream().mapToLong(Integer::longValue).toArray());
  }

  private NDList images(NDManager own) {
    return new NDList(own.create(exercise.images(), shape(exercise.shape())));
  }

  @Override
  public float[] infer() {
    return infer(exercise.images());
  }

  /** Computes the logits of images, (N, C, H, W); any number of threads may do so. */
  float[] infer(float[] images) {
    try (NDManager own = manager.newSubManager()) {
      NDList input = new NDList(own.create(images, shape(exercise.shape())));
      NDList logits = block.forward(parameters, input, false);
      logits.attach(own);
      return logits.singletonOrThrow().toFloatArray();
    }
  }

  @Override
  public double step() {
    try (NDManager own = trainer.getManager().newSubManager()) {
      int[] labels = exercise.labels();
      NDList wanted =
          new NDList(
              own.create(Arrays.copyOf(labels, exercise.count())).toType(DataType.FLOAT32, false));
      double loss;
      try (GradientCollector collector = trainer.newGradientCollector()) {
        NDList logits = trainer.forward(images(own));
        logits.attach(own);
        NDArray value = trainer.getLoss().evaluate(wanted, logits);
        value.attach(own);
        collector.backward(value);
        loss = value.getFloat();
      }
      trainer.step();
      return loss;
    }
  }

  @Override
  public void close() {
    if (trainer != null) {
      trainer.close();
    }
    model.close();
  }
}
