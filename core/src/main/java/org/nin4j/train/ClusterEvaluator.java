package org.nin4j.train;

import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Weights;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.io.Model;

/**
 * Evaluates on a cluster.
 *
 * @param session the training's session, which is not closed with this
 * @param images the images to evaluate on
 * @param model the model, of which the weights are replaced
 */
record ClusterEvaluator(TrainingCluster.Session session, ImageDataset images, Model model)
    implements EpochEvaluator.ImageEvaluator {
  @Override
  public Evaluation evaluate(Weights weights) {
    Model current =
        new Model(
            model.network(),
            weights,
            model.classes(),
            model.preprocessing(),
            model.provenance(),
            model.quantization());
    return new Evaluation(model.classes(), session.evaluate(images, current));
  }

  @Override
  public void close() {
    // The session goes on.
  }
}
