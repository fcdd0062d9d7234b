package org.nin4j.nn;

import java.util.ArrayList;
import java.util.List;

/**
 * Rebuilds the layers at the end of a network for another number of classes. The first convolution
 * or linear layer that is rebuilt keeps its inputs; from there on, all have as many inputs and
 * outputs as there are classes.
 */
final class ClassChannels implements LayerVisitor<Layer> {
  private final int classes;
  private int layersToKeep;
  private boolean changed;

  /**
   * @param layersToKeep number of layers at the beginning of the network that stay as they are
   */
  ClassChannels(int classes, int layersToKeep) {
    this.classes = classes;
    this.layersToKeep = layersToKeep;
  }

  @Override
  public Sequential visit(Sequential layer) {
    List<Layer> rebuilt = new ArrayList<>();
    for (Layer each : layer.layers()) {
      boolean keep = !(each instanceof Sequential) && layersToKeep-- > 0;
      rebuilt.add(keep ? each : each.accept(this));
    }
    return new Sequential(rebuilt);
  }

  @Override
  public Layer visit(Conv2d layer) {
    int inputs = inputs(layer.inChannels());
    return new Conv2d(
        inputs, classes, layer.kernel(), layer.stride(), layer.padding(), layer.bias());
  }

  @Override
  public Layer visit(Linear layer) {
    return new Linear(inputs(layer.inFeatures()), classes, layer.bias());
  }

  private int inputs(int before) {
    int inputs = changed ? classes : before;
    changed = true;
    return inputs;
  }

  @Override
  public Layer visit(BatchNorm2d layer) {
    return changed ? new BatchNorm2d(classes, layer.eps(), layer.momentum()) : layer;
  }

  @Override
  public Layer visit(ReLU layer) {
    return layer;
  }

  @Override
  public Layer visit(MaxPool2d layer) {
    return layer;
  }

  @Override
  public Layer visit(AvgPool2d layer) {
    return layer;
  }

  @Override
  public Layer visit(AdaptiveAvgPool2d layer) {
    return layer;
  }

  @Override
  public Layer visit(Dropout layer) {
    return layer;
  }

  @Override
  public Layer visit(Flatten layer) {
    return layer;
  }
}
