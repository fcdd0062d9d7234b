package org.nin4j.evaluate;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.data.Batch;
import org.nin4j.data.DataLoader;
import org.nin4j.data.Epoch;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.Weights;
import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.internal.Workers;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;

/**
 * Classifies a set of labelled images with a network, any number of times, with other weights each
 * time. Images are classified one by one, so that the result does not depend on the number of
 * threads. An evaluator is for use by one thread at a time.
 */
public final class Evaluator implements AutoCloseable {
  private static final int BATCH = 64;

  /** Computes the logits of one image of a batch. */
  @FunctionalInterface
  private interface LogitsOfImage {
    void run(float[] images, int image, float[] logits);
  }

  private final DataLoader loader;
  private final Workers workers;
  private final InferenceReplicas replicas;
  private final int images;
  private final Shape input;
  private final int batchSize;
  private final int perImage;
  private final int outputs;
  private final List<String> classes;
  private final float[] logits;

  /**
   * Creates an evaluator for a model. {@link #evaluate} takes the weights.
   *
   * @param engine the engine that computes
   * @param precision the precision of the arithmetic
   * @param model the model whose network, classes, preprocessing and quantization are used
   * @param dataset the images and their labels
   * @param threads number of threads that share the images, at least 1; it affects speed only
   * @throws IllegalArgumentException when the data set has more classes than the network, or when
   *     the precision is int8 and the model is not quantized
   * @throws org.nin4j.engine.EngineException when the engine cannot run the network, or memory does
   *     not suffice
   */
  public Evaluator(
      Engine engine, Precision precision, Model model, ImageDataset dataset, int threads) {
    workers = new Workers(threads, "nin4j-eval");
    Network network = model.network();
    input = network.input();
    perImage = Math.toIntExact(input.elements());
    images = dataset.size();
    outputs = network.classes();
    classes = model.classes();
    if (dataset.classes().size() > outputs) {
      throw new IllegalArgumentException(
          dataset.name()
              + " has "
              + dataset.classes().size()
              + " classes, but the network has "
              + outputs
              + " outputs");
    }
    batchSize = Math.min(BATCH, images);
    loader = DataLoader.inOrder(dataset, model.preprocessing(), batchSize);
    logits = new float[batchSize * outputs];
    PlanSpec spec = PlanSpec.of(network, 1, precision, model.quantization());
    replicas = new InferenceReplicas(engine, spec, workers.count());
  }

  /**
   * Classifies all images as they are.
   *
   * @param weights the weights to use, those of the evaluator's network
   * @return the result of each image
   */
  public Evaluation evaluate(Weights weights) {
    return evaluate(weights, TestTimeAugmentation.NONE);
  }

  /**
   * Classifies all images, each from the mean of the logits of several views.
   *
   * @param weights the weights to use, those of the evaluator's network
   * @param augmentation the views of an image
   * @return the result of each image
   */
  public Evaluation evaluate(Weights weights, TestTimeAugmentation augmentation) {
    LogitsOfImage logitsOf =
        switch (augmentation) {
          case NONE -> this::run;
          case HORIZONTAL_FLIP -> new MirroredLogits(replicas, input, batchSize, outputs)::run;
        };
    replicas.load(weights);
    List<ImageResult> results = new ArrayList<>(images);
    try (Epoch epoch = loader.epoch(0, 0)) {
      for (Batch batch = epoch.next(); batch != null; batch = epoch.next()) {
        float[] values = batch.images();
        workers.run(batch.size(), (image, worker) -> logitsOf.run(values, image, logits));
        for (int n = 0; n < batch.size(); n++) {
          results.add(ImageResult.of(logits, n * outputs, outputs, batch.labels()[n]));
        }
      }
    }
    return new Evaluation(classes, results);
  }

  private void run(float[] values, int image, float[] target) {
    replicas.run(values, image * perImage, 1, target, image * outputs);
  }

  @Override
  public void close() {
    replicas.close();
    workers.close();
  }
}
