package org.nin4j.train;

import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.Epoch;
import org.nin4j.engine.Weights;

/** Steps that are computed in this process. */
final class LocalSteps implements TrainingSteps {
  private final StepRunner runner;
  private final DataLoader loader;
  private Epoch images;
  private int epoch;

  /**
   * @param runner closed with this
   */
  LocalSteps(StepRunner runner, DataLoader loader) {
    this.runner = runner;
    this.loader = loader;
  }

  @Override
  public void load(Weights weights) {
    runner.load(weights);
  }

  @Override
  public void beginEpoch(int newEpoch, int firstStep) {
    epoch = newEpoch;
    images = loader.epoch(newEpoch, firstStep);
  }

  @Override
  public StepRunner.Result compute() {
    Batch batch = images.next();
    runner.times().addImages();
    return runner.compute(batch, epoch);
  }

  @Override
  public void endEpoch() {
    images.close();
  }

  @Override
  public Weights gradients() {
    return runner.gradients();
  }

  @Override
  public void update(
      Weights weights, Optimizer optimizer, double learningRate, float gradientScale) {
    runner.update(weights, optimizer, learningRate, gradientScale);
  }

  @Override
  public StepTimes times() {
    return runner.times();
  }

  @Override
  public TrainingProfile profile() {
    return runner.profile();
  }

  @Override
  public void close() {
    runner.close();
  }
}
