package org.nin4j.engine.reference;

import java.util.Iterator;
import org.nin4j.engine.Quantization;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Layer;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.Network;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;

/** The steps of an inference plan. */
final class InferenceLowering extends Lowering<ForwardStep> {
  private final Quantization quantization;
  private final Iterator<PlacedLayer> quantizable;

  /**
   * @param quantization null for fp32
   */
  InferenceLowering(Network network, int batch, Quantization quantization) {
    super(network, batch);
    this.quantization = quantization;
    quantizable = Quantization.quantizable(network).iterator();
    network.layers().accept(this);
  }

  @Override
  public Shape visit(Conv2d layer) {
    return addWeighted(
        layer, new Conv2dForwardStep(layer, parametersOf(layer), in(), layer.outputShape(in())));
  }

  @Override
  public Shape visit(ReLU layer) {
    return add(layer, new ReluStep(valuesOfImage()));
  }

  @Override
  public Shape visit(MaxPool2d layer) {
    return add(layer, new MaxPool2dStep(layer, in(), layer.outputShape(in())));
  }

  @Override
  public Shape visit(AvgPool2d layer) {
    return add(layer, new AvgPoolStep(layer, in(), layer.outputShape(in())));
  }

  @Override
  public Shape visit(AdaptiveAvgPool2d layer) {
    return add(layer, new AvgPoolStep(layer, in()));
  }

  @Override
  public Shape visit(BatchNorm2d layer) {
    return add(layer, new BatchNormInferenceStep(layer, parametersOf(layer), in()));
  }

  @Override
  public Shape visit(Dropout layer) {
    return add(layer, new CopyStep(valuesOfImage()));
  }

  @Override
  public Shape visit(Flatten layer) {
    return add(layer, new CopyStep(valuesOfImage()));
  }

  @Override
  public Shape visit(Linear layer) {
    return addWeighted(layer, new LinearStep(layer, parametersOf(layer), batch()));
  }

  private Shape addWeighted(Layer layer, ForwardStep step) {
    String path = quantizable.next().path();
    return add(
        layer,
        quantization == null
            ? step
            : new QuantizedInputStep(
                quantization.layer(path).input(), step, batch(), valuesOfImage()));
  }
}
