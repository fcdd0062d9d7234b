package org.nin4j;

import java.util.List;
import java.util.Optional;
import org.nin4j.engine.Engine;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.internal.Workers;
import org.nin4j.io.Model;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;

/**
 * Runs a model on tensors: on images that were preprocessed already, for comparing it number by
 * number with another program. {@link Classifier} takes images as they are.
 *
 * <pre>{@code
 * try (TensorInference inference = TensorInference.logits(model, engine, Precision.FP32, 4)) {
 *   float[] logits = new float[count * inference.output().channels()];
 *   inference.run(images, count, logits); // images: (N, C, H, W)
 * }
 * }</pre>
 *
 * <p>Images are computed one by one, each on one thread, so that the numbers of an image depend
 * neither on the other images nor on the number of threads; logits have the same bits as in a
 * {@link Classifier}. For use by one thread at a time.
 */
public final class TensorInference implements AutoCloseable {
  private final Shape input;
  private final Shape output;
  private final boolean ofLayer;

  /** For each worker: room for an image's logits, and for its layer's output. */
  private final float[][] logits;

  private final float[][] outputs;
  private final Workers workers;
  private final InferenceReplicas replicas;

  private TensorInference(
      Model model, Engine engine, Precision precision, int threads, Optional<String> layer) {
    Network network = model.network();
    PlanSpec spec =
        PlanSpec.of(network, 1, precision, model.quantization())
            .withOutputs(layer.map(List::of).orElse(List.of()));
    input = network.input();
    ofLayer = layer.isPresent();
    output = ofLayer ? spec.outputShapes().get(0) : Shape.of(1, network.classes());
    workers = new Workers(threads, "nin4j-tensor");
    logits = new float[threads][ofLayer ? network.classes() : 0];
    outputs = new float[threads][ofLayer ? Math.toIntExact(output.elements()) : 0];
    replicas = new InferenceReplicas(engine, spec, workers.count());
    try {
      replicas.load(model.weights());
    } catch (RuntimeException | Error e) {
      replicas.close();
      throw e;
    }
  }

  /**
   * Makes an inference that computes logits.
   *
   * @param model the model
   * @param engine the engine that computes
   * @param precision the arithmetic
   * @param threads number of threads that share the images, at least 1; it affects speed only
   * @return an inference, which the caller closes
   * @throws IllegalArgumentException when the number of threads is below 1, or the precision is
   *     int8 and the model is not quantized
   * @throws org.nin4j.engine.EngineException when the engine cannot run the model in the precision,
   *     or memory does not suffice
   */
  public static TensorInference logits(
      Model model, Engine engine, Precision precision, int threads) {
    return new TensorInference(model, engine, precision, threads, Optional.empty());
  }

  /**
   * Makes an inference that computes the output of a layer.
   *
   * @param model the model
   * @param path PyTorch's path of a layer, such as {@code 3.4}, or of a block, whose last layer is
   *     taken then
   * @param engine the engine that computes
   * @param precision the arithmetic
   * @param threads number of threads that share the images, at least 1; it affects speed only
   * @return an inference, which the caller closes
   * @throws IllegalArgumentException when the network has no layer at the path, the number of
   *     threads is below 1, or the precision is int8 and the model is not quantized
   * @throws org.nin4j.engine.EngineException when the engine cannot run the model in the precision,
   *     or memory does not suffice
   */
  public static TensorInference layer(
      Model model, String path, Engine engine, Precision precision, int threads) {
    Network network = model.network();
    String leaf = network.layers().leaves().get(network.layerIndex(path)).path();
    return new TensorInference(model, engine, precision, threads, Optional.of(leaf));
  }

  /** {@return the shape of one image: (1, C, H, W)} */
  public Shape input() {
    return input;
  }

  /** {@return the shape of what is computed of one image: (1, classes) or that of the layer} */
  public Shape output() {
    return output;
  }

  /**
   * Runs the model.
   *
   * @param images (N, C, H, W), preprocessed as the model's training images were; it may be longer
   * @param count N, at least 0
   * @param target receives (N, classes), or the layer's outputs (N, C, H, W) or (N, features); it
   *     may be longer. An image with a NaN or an infinity never leads to ordinary logits
   * @throws IllegalArgumentException when the count is negative or an array is too short
   * @throws org.nin4j.error.ClosedException when this has been closed
   */
  public void run(float[] images, int count, float[] target) {
    require("images", images, input, count);
    require("target", target, output, count);
    int perImage = (int) input.elements();
    int perOutput = (int) output.elements();
    workers.run(
        count,
        (image, worker) -> {
          if (ofLayer) {
            replicas.use(
                plan -> {
                  plan.run(images, image * perImage, 1, logits[worker], 0);
                  plan.output(0, outputs[worker]);
                });
            System.arraycopy(outputs[worker], 0, target, image * perOutput, perOutput);
          } else {
            replicas.run(images, image * perImage, 1, target, image * perOutput);
          }
        });
  }

  private static void require(String what, float[] values, Shape one, int count) {
    if (count < 0 || values.length < count * one.elements()) {
      throw new IllegalArgumentException(
          what
              + " must have room for "
              + count
              + " times "
              + one
              + " values, but there are "
              + values.length);
    }
  }

  /** Frees the memory of all plans; closing twice does nothing. */
  @Override
  public void close() {
    replicas.close();
    workers.close();
  }
}
