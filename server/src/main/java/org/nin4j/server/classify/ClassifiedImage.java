package org.nin4j.server.classify;

import java.util.List;
import java.util.Optional;

/**
 * What a model says of an image.
 *
 * @param width columns of the upright image
 * @param height rows of the upright image
 * @param classes the most probable ones, the best first
 * @param maps class maps, when they were asked for and the model has some
 */
record ClassifiedImage(
    int width, int height, List<ClassProbability> classes, Optional<MapsOfImage> maps) {

  /**
   * A class.
   *
   * @param label its name
   * @param index its place among the model's classes, from 0
   * @param probability the softmax of the logits, 0 to 1
   */
  record ClassProbability(String label, int index, float probability) {}
}
