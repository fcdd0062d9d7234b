package org.nin4j.train;

import java.util.List;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Weights;
import org.nin4j.evaluate.ImageResult;
import org.nin4j.io.Model;

/**
 * Where a training that is spread over processes or machines is computed; see {@link
 * Trainer#cluster}. The process that trains keeps the weights and the optimizer, adds the gradients
 * of the shards along one tree, and updates the weights. So the result has the same bits as on one
 * machine.
 */
public interface TrainingCluster {
  /**
   * Begins a training.
   *
   * @param spec what the training's shards depend on
   * @return the training's session, which the training closes
   */
  Session open(ShardSpec spec);

  /** One training on the cluster. Its methods throw when the cluster fails. */
  interface Session extends AutoCloseable {
    /**
     * Computes the shards of a step.
     *
     * @param epoch index of the epoch, from 0
     * @param step index of the step in the epoch, from 0
     * @param weights the weights of the step, which change after the call
     * @return what {@link ShardWorker}s have computed: all shards of the batch together, in order,
     *     none of them twice
     */
    List<ShardSums> compute(int epoch, int step, Weights weights);

    /**
     * Classifies the validation or the test images.
     *
     * @param images the validation or the test images of the training's data set
     * @param model the model, with the weights to use
     * @return the result of each image, in the order of the images
     */
    List<ImageResult> evaluate(ImageDataset images, Model model);

    /** Ends the session. */
    @Override
    void close();
  }
}
