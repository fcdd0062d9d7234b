package org.nin4j.bench.rival;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.nin4j.bench.result.Work;
import org.nin4j.conformance.Torch;
import org.nin4j.conformance.TorchLayers;
import org.nin4j.engine.Weights;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;

/**
 * PyTorch through JavaCPP in its best setting: images and weights in channels_last, ReLU in place,
 * no graph in inference. In bf16 by autocast, whose cache of converted weights is off: across steps
 * it would keep the first weights forever.
 */
final class TorchRival implements Rival {
  private final Exercise exercise;
  private final boolean bf16;
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final TensorVector trained = new TensorVector();
  private final SGD optimizer;

  TorchRival(Exercise exercise, Work work, boolean bf16) {
    this.exercise = exercise;
    this.bf16 = bf16;
    boolean training = work == Work.TRAINING;
    Weights weights = exercise.model().weights();
    for (int i = 0; i < weights.count(); i++) {
      Parameter parameter = weights.parameters().get(i);
      Tensor value = tensor(weights.values(i), parameter.shape());
      if (training) {
        value = value.requires_grad_(true);
        trained.push_back(value);
      }
      parameters.put(parameter.name(), value);
    }
    if (training) {
      SGDOptions options = new SGDOptions(LEARNING_RATE);
      options.momentum().put(MOMENTUM);
      optimizer = new SGD(trained, options);
    } else {
      optimizer = null;
    }
    torch.set_autocast_dtype(DeviceType.CPU, ScalarType.BFloat16);
    torch.set_autocast_cache_enabled(false);
  }

  private static Tensor tensor(float[] values, Shape shape) {
    Tensor tensor = Tensor.create(values, Torch.dims(shape));
    return shape.rank() == 4 ? tensor.contiguous(MemoryFormat.ChannelsLast) : tensor;
  }

  @Override
  public float[] infer() {
    try (PointerScope scope = new PointerScope();
        NoGradGuard noGraph = new NoGradGuard()) {
      scope.attach(noGraph);
      Tensor logits = forward(false).to(ScalarType.Float).contiguous();
      float[] values = new float[exercise.count() * exercise.network().classes()];
      new FloatPointer(logits.data_ptr()).get(values);
      return values;
    }
  }

  @Override
  public double step() {
    PointerScope scope = new PointerScope();
    try {
      optimizer.zero_grad();
      Tensor loss = torch.cross_entropy_loss(forward(true), labels());
      loss.backward();
      optimizer.step();
      return loss.item_float();
    } finally {
      scope.close();
    }
  }

  private Tensor forward(boolean training) {
    Tensor value = tensor(exercise.images(), exercise.shape());
    torch.set_autocast_enabled(DeviceType.CPU, bf16);
    try {
      for (PlacedLayer placed : exercise.network().layers().leaves()) {
        value = forward(placed, value, training);
      }
      return value.to(ScalarType.Float);
    } finally {
      torch.set_autocast_enabled(DeviceType.CPU, false);
    }
  }

  private Tensor forward(PlacedLayer placed, Tensor value, boolean training) {
    Layer layer = placed.layer();
    if (layer instanceof ReLU) {
      return torch.relu_(value);
    }
    if (layer instanceof Dropout dropout) {
      return torch.dropout(value, dropout.p(), training);
    }
    List<Tensor> own =
        placed.parameters().stream().map(parameter -> parameters.get(parameter.name())).toList();
    return layer.accept(new TorchLayers(value, own, training, null));
  }

  private Tensor labels() {
    long[] labels = Arrays.stream(exercise.labels(), 0, exercise.count()).asLongStream().toArray();
    return Tensor.create(labels, labels.length);
  }

  @Override
  public void close() {
    parameters.values().forEach(Tensor::close);
  }
}
