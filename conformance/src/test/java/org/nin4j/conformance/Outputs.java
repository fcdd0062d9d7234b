package org.nin4j.conformance;

import java.util.LinkedHashMap;
import java.util.Map;
import org.nin4j.engine.Outcome;
import org.nin4j.engine.Trial;
import org.nin4j.nn.Parameter;

/**
 * All outputs of a trial, by name: {@code logits}, {@code inference logits}, {@code gradient of the
 * images}, {@code inference gradient of the images}, {@code gradient of 0.weight}, {@code
 * 1.running_mean}.
 */
record Outputs(Map<String, double[]> arrays) {
  static final String LOGITS = "logits";
  static final String INFERENCE = "inference logits";
  static final String IMAGES_GRADIENT = "gradient of the images";
  static final String INFERENCE_GRADIENT = "inference gradient of the images";

  /** The outputs of an engine. */
  static Outputs of(Trial trial, Outcome outcome) {
    Map<String, double[]> arrays = new LinkedHashMap<>();
    arrays.put(LOGITS, doubles(outcome.logits));
    arrays.put(INFERENCE, doubles(outcome.inferenceLogits));
    arrays.put(IMAGES_GRADIENT, doubles(outcome.imagesGradient));
    arrays.put(INFERENCE_GRADIENT, doubles(outcome.inferenceImagesGradient));
    for (int i = 0; i < trial.weights.count(); i++) {
      Parameter parameter = trial.weights.parameters().get(i);
      arrays.put(
          of(parameter),
          doubles(
              parameter.trainable()
                  ? outcome.gradients.values(i)
                  : outcome.weightsAfter.values(i)));
    }
    return new Outputs(arrays);
  }

  /**
   * The name of the output that belongs to a parameter: its gradient; for a buffer, its value after
   * the step.
   */
  static String of(Parameter parameter) {
    return parameter.trainable() ? "gradient of " + parameter.name() : parameter.name();
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
