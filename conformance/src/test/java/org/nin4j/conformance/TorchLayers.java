package org.nin4j.conformance;

import java.util.List;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.LayerVisitor;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Sequential;
import org.nin4j.nn.Size2d;

/** Each kind of layer by PyTorch's own function. */
public final class TorchLayers implements LayerVisitor<Tensor> {
  private final Tensor input;
  private final List<Tensor> parameters;
  private final boolean training;
  private final Tensor mask;

  /**
   * One layer's forward pass.
   *
   * @param input (N, C, H, W) or (N, features), of any floating type
   * @param parameters the layer's parameters and buffers in its order, of the same type; a
   *     BatchNorm2d in training moves the last two of its own
   * @param training whether BatchNorm2d and Dropout are in training mode
   * @param mask of a Dropout layer in training: what its input is multiplied by; otherwise unused
   */
  public TorchLayers(Tensor input, List<Tensor> parameters, boolean training, Tensor mask) {
    this.input = input;
    this.parameters = List.copyOf(parameters);
    this.training = training;
    this.mask = mask;
  }

  @Override
  public Tensor visit(Conv2d layer) {
    return torch.conv2d(
        input,
        parameters.get(0),
        Torch.optional(layer.bias() ? parameters.get(1) : null),
        longs(layer.stride()),
        longs(layer.padding()),
        new long[] {1, 1},
        1);
  }

  @Override
  public Tensor visit(ReLU layer) {
    return torch.relu(input);
  }

  @Override
  public Tensor visit(MaxPool2d layer) {
    return torch.max_pool2d(
        input,
        longs(layer.kernel()),
        longs(layer.stride()),
        longs(layer.padding()),
        new long[] {1, 1},
        layer.ceilMode());
  }

  @Override
  public Tensor visit(AvgPool2d layer) {
    return torch.avg_pool2d(
        input,
        longs(layer.kernel()),
        longs(layer.stride()),
        longs(layer.padding()),
        layer.ceilMode(),
        layer.countIncludePad(),
        new LongOptional());
  }

  @Override
  public Tensor visit(AdaptiveAvgPool2d layer) {
    return torch.adaptive_avg_pool2d(input, longs(layer.output()));
  }

  @Override
  public Tensor visit(BatchNorm2d layer) {
    return torch.batch_norm(
        input,
        Torch.optional(parameters.get(0)),
        Torch.optional(parameters.get(1)),
        Torch.optional(parameters.get(2)),
        Torch.optional(parameters.get(3)),
        training,
        layer.momentum(),
        layer.eps(),
        false);
  }

  @Override
  public Tensor visit(Dropout layer) {
    return training ? input.mul(mask) : input;
  }

  @Override
  public Tensor visit(Flatten layer) {
    return torch.flatten(input, 1, -1);
  }

  @Override
  public Tensor visit(Linear layer) {
    return torch.linear(
        input, parameters.get(0), Torch.optional(layer.bias() ? parameters.get(1) : null));
  }

  @Override
  public Tensor visit(Sequential layer) {
    throw new IllegalArgumentException("a container is run leaf by leaf");
  }

  private static long[] longs(Size2d size) {
    return new long[] {size.height(), size.width()};
  }
}
