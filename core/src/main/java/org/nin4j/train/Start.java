package org.nin4j.train;

import java.util.List;
import java.util.Optional;
import org.nin4j.data.Preprocessing;

/**
 * The model that a training starts from: enough to find it again, to recognize it, and to resume
 * the training without it once there is a checkpoint.
 *
 * @param model the path of the model's file, or the name of a model that is part of this library;
 *     empty for a model in memory
 * @param sha256 the SHA-256 of the model's file, 64 hexadecimal digits
 * @param preprocessing the model's preprocessing, for the size of the network's input
 * @param renewed the names of the parameters and buffers that are not taken over from the model but
 *     initialized by the recipe, in the network's order
 */
public record Start(
    Optional<String> model, String sha256, Preprocessing preprocessing, List<String> renewed) {
  /**
   * Copies the list.
   *
   * @param model the path of the model's file, or the name of a model that is part of this library;
   *     empty for a model in memory
   * @param sha256 the SHA-256 of the model's file, 64 hexadecimal digits
   * @param preprocessing the model's preprocessing, for the size of the network's input
   * @param renewed the names of the parameters and buffers that are not taken over
   */
  public Start {
    renewed = List.copyOf(renewed);
  }
}
