package org.nin4j.data;

/**
 * A step of a {@link Preprocessing}. {@link Resize}, {@link ResizeShorterSide} and {@link
 * CenterCrop} give an image the size of the network's input; then its pixels are scaled to [0, 1],
 * and {@link Normalize}, {@link SubtractMean} and {@link GlobalContrastNormalization} change these
 * values. Steps that torchvision also has have torchvision's names and effects.
 *
 * <p>The interface is sealed because model files store the steps by their names and values, which
 * must have the same meaning when they are read.
 */
public sealed interface PreprocessingStep
    permits CenterCrop,
        GlobalContrastNormalization,
        Normalize,
        Resize,
        ResizeShorterSide,
        SubtractMean {

  /**
   * Returns what the step does, in words, such as {@code resize to 28 x 28}: sizes are rows x
   * columns, in pixels.
   *
   * @return a phrase for people, without a full stop; model files store the step itself
   */
  String description();
}
