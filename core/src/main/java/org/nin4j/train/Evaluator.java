package org.nin4j.train;

import java.util.Arrays;
import java.util.List;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.Epoch;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Engine;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.internal.Softmax;
import org.nin4j.internal.Workers;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.train.internal.CrossEntropy;

/**
 * Classifies a set of images and counts how often that is right; again and again, as the weights
 * change. Each image is classified alone, so that the result does not depend on the number of
 * threads.
 */
public final class Evaluator implements AutoCloseable {
  private static final int BATCH = 64;

  private final DataLoader loader;
  private final CrossEntropy loss = new CrossEntropy(0);
  private final Workers workers;
  private final InferenceReplicas replicas;
  private final int images;
  private final int perImage;
  private final int classes;
  private final float[] logits;

  /**
   * Of a model as it is read from a file; {@link #evaluate} needs its weights.
   *
   * @param threads that share the images, at least 1; for the speed only
   * @throws IllegalArgumentException when the images' classes are more than the network tells
   *     apart, and when the precision is int8 and the model not quantized
   */
  public Evaluator(
      Engine engine, Precision precision, Model model, ImageDataset dataset, int threads) {
    this(
        engine,
        precision,
        model.network(),
        model.quantization(),
        model.preprocessing(),
        dataset,
        new Workers(threads, "nin4j-eval"));
  }

  /**
   * Of a network in training.
   *
   * @param workers closed with this
   */
  Evaluator(
      Engine engine,
      Precision precision,
      Network network,
      Preprocessing preprocessing,
      ImageDataset dataset,
      Workers workers) {
    this(engine, precision, network, null, preprocessing, dataset, workers);
  }

  private Evaluator(
      Engine engine,
      Precision precision,
      Network network,
      Quantization quantization,
      Preprocessing preprocessing,
      ImageDataset dataset,
      Workers workers) {
    this.workers = workers;
    perImage = Math.toIntExact(network.input().elements());
    images = dataset.size();
    classes = network.classes();
    if (dataset.classes().size() > classes) {
      throw new IllegalArgumentException(
          dataset.name()
              + " has "
              + dataset.classes().size()
              + " classes, but the network tells "
              + classes
              + " apart");
    }
    int batch = Math.min(BATCH, images);
    loader = DataLoader.inOrder(dataset, preprocessing, batch);
    logits = new float[batch * classes];
    PlanSpec spec = PlanSpec.of(network, 1, precision, quantization);
    replicas = new InferenceReplicas(engine, spec, workers.count());
  }

  /** Classifies all images with these weights. */
  public Evaluation evaluate(Weights weights) {
    replicas.load(weights);
    double lossSum = 0;
    int correct = 0;
    int[][] confusion = new int[classes][classes];
    try (Epoch epoch = loader.epoch(0, 0)) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        float[] values = batch.images();
        workers.run(
            batch.size(),
            (image, worker) -> replicas.run(values, image * perImage, 1, logits, image * classes));
        CrossEntropy.Loss result =
            loss.compute(logits, batch.labels(), batch.size(), classes, null);
        lossSum += result.lossSum();
        correct += result.correct();
        for (int n = 0; n < batch.size(); n++) {
          confusion[batch.labels()[n]][Softmax.largest(logits, n * classes, classes)]++;
        }
      }
    }
    List<List<Integer>> rows =
        Arrays.stream(confusion).map(row -> Arrays.stream(row).boxed().toList()).toList();
    return new Evaluation(images, lossSum / images, (double) correct / images, rows);
  }

  @Override
  public void close() {
    replicas.close();
    workers.close();
  }
}
