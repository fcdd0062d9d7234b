package org.nin4j.engine.reference;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.internal.PlanMode;
import org.nin4j.nn.AdaptiveAvgPool2d;
import org.nin4j.nn.AvgPool2d;
import org.nin4j.nn.BatchNorm2d;
import org.nin4j.nn.Conv2d;
import org.nin4j.nn.Dropout;
import org.nin4j.nn.Flatten;
import org.nin4j.nn.Linear;
import org.nin4j.nn.MaxPool2d;
import org.nin4j.nn.PlacedLayer;
import org.nin4j.nn.ReLU;
import org.nin4j.nn.Shape;

/**
 * The steps of a plan with a backward pass: one for each layer that is not a container. They train
 * where the mode does.
 */
final class TrainingLowering extends Lowering<TrainingStep> {
  private final PlanSpec spec;
  private final PlanMode mode;
  private final List<PlacedLayer> leaves;
  private final List<DropoutStep> dropouts = new ArrayList<>();
  private final List<BatchNormTrainingStep> batchNorms = new ArrayList<>();

  TrainingLowering(PlanSpec spec, PlanMode mode) {
    super(spec.network(), spec.batch());
    this.spec = spec;
    this.mode = mode;
    leaves = spec.network().layers().leaves();
    spec.network().layers().accept(this);
  }

  /** Those of the steps that need a mask. */
  List<DropoutStep> dropouts() {
    return dropouts;
  }

  /** Those of the steps that find a mean and a variance. */
  List<BatchNormTrainingStep> batchNorms() {
    return batchNorms;
  }

  @Override
  public Shape visit(Conv2d layer) {
    return add(layer, new Conv2dStep(layer, parametersOf(layer), in(), layer.outputShape(in())));
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
    if (!mode.trains() || spec.isFrozen(leaves.get(steps().size()).path())) {
      return add(layer, new FrozenBatchNormStep(layer, parametersOf(layer), in()));
    }
    BatchNormTrainingStep step = new BatchNormTrainingStep(layer, parametersOf(layer), in());
    batchNorms.add(step);
    return add(layer, step);
  }

  @Override
  public Shape visit(Dropout layer) {
    if (!mode.trains()) {
      return add(layer, new CopyStep(valuesOfImage()));
    }
    DropoutStep step = new DropoutStep(dropouts.size(), layer.p(), batch(), valuesOfImage());
    dropouts.add(step);
    return add(layer, step);
  }

  @Override
  public Shape visit(Flatten layer) {
    return add(layer, new CopyStep(valuesOfImage()));
  }

  @Override
  public Shape visit(Linear layer) {
    return add(layer, new LinearStep(layer, parametersOf(layer), batch()));
  }
}
