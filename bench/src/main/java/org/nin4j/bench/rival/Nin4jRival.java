package org.nin4j.bench.rival;

import org.nin4j.bench.Contender;
import org.nin4j.bench.Work;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Gradients;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.Precision;
import org.nin4j.engine.TrainingPlan;
import org.nin4j.engine.Weights;
import org.nin4j.engine.onednn.OneDnnEngine;
import org.nin4j.io.Model;
import org.nin4j.quantize.Quantizer;
import org.nin4j.train.CrossEntropy;
import org.nin4j.train.Optimizer;
import org.nin4j.train.OptimizerConfig;
import org.nin4j.train.SeededDropout;

/** This library, by its public classes. */
final class Nin4jRival implements Rival {
  private static final int CALIBRATION_IMAGES = 50;

  private final Exercise exercise;
  private final InferencePlan inference;
  private final TrainingPlan training;
  private final Weights weights;
  private final Weights gradients;
  private final Optimizer optimizer;
  private final CrossEntropy loss = new CrossEntropy(0);
  private final SeededDropout dropout = new SeededDropout(1);
  private final float[] logits;
  private final float[] logitsGradient;

  Nin4jRival(Contender contender, Exercise exercise, Work work) {
    this.exercise = exercise;
    Engine engine = new OneDnnEngine();
    Precision precision = precision(contender);
    Model model = exercise.model();
    int classes = model.network().classes();
    logits = new float[exercise.count() * classes];
    logitsGradient = new float[logits.length];
    if (work == Work.INFERENCE) {
      if (precision == Precision.INT8) {
        model = quantized(engine, model);
      }
      inference =
          engine.compileInference(
              model.network(), exercise.count(), precision, model.quantization());
      inference.load(model.weights());
      training = null;
      weights = null;
      gradients = null;
      optimizer = null;
    } else {
      inference = null;
      training =
          engine.compileTraining(
              model.network(), exercise.count(), precision, Gradients.OF_PARAMETERS);
      weights = model.weights();
      gradients = Weights.zeros(model.network());
      optimizer = new OptimizerConfig.Sgd(MOMENTUM, false, 0).create(model.network().parameters());
    }
  }

  static Model quantized(Engine engine, Model model) {
    int channels = model.network().input().channels();
    RandomImages images = new RandomImages(CALIBRATION_IMAGES, channels, model.network().classes());
    return new Quantizer(engine, images, CALIBRATION_IMAGES).quantize(model);
  }

  static Precision precision(Contender contender) {
    return switch (contender) {
      case NIN4J_BF16 -> Precision.BF16;
      case NIN4J_INT8 -> Precision.INT8;
      default -> Precision.FP32;
    };
  }

  @Override
  public float[] infer() {
    inference.run(exercise.images(), exercise.count(), logits);
    return logits;
  }

  @Override
  public double step() {
    int count = exercise.count();
    dropout.atStep(optimizer.steps());
    training.forward(weights, exercise.images(), count, dropout, logits);
    CrossEntropy.BatchLoss result =
        loss.compute(
            logits, exercise.labels(), count, exercise.network().classes(), logitsGradient);
    training.backward(logitsGradient, gradients);
    optimizer.step(weights, gradients, LEARNING_RATE, 1);
    return result.lossSum() / count;
  }

  @Override
  public void close() {
    if (inference != null) {
      inference.close();
    }
    if (training != null) {
      training.close();
    }
  }
}
