package org.nin4j.explain;

import java.util.Arrays;
import java.util.List;
import org.nin4j.internal.Suggestion;

/** How an explanation finds out what a network looks at. */
public enum ExplanationMethod {
  /** The network's own map of the class, which is exact; see {@link ClassMaps}. */
  CLASS_MAPS("class-maps"),
  /**
   * The class map of the same network over the image at twice or four times the input's height and
   * width. The network has convolutions only, so that it takes any size, and its maps have more
   * cells then. They are those of another input: its logits are not those of the prediction.
   */
  LARGER_INPUT("larger-input"),
  /**
   * LayerCAM (Jiang, Zhang, Hou, Cheng and Wei, 2021): the activations A(k) of an earlier layer,
   * weighted at each position with the positive part of the gradient of the class's score S:
   *
   * <pre>{@code map = relu(sum over k of relu(dS / dA(k)) * A(k))}</pre>
   *
   * <p>S is the value before the network's last ReLU, averaged over the positions. The logit itself
   * may be 0, and its gradient then is 0 everywhere.
   */
  LAYER_CAM("layer-cam"),
  /**
   * Occlusion (Zeiler and Fergus, 2014, section 4.2): by how much the probability of the class
   * drops when a patch of the image is replaced by the mean of the image. It needs nothing but the
   * network's output, and about 200 forward passes.
   */
  OCCLUSION("occlusion");

  private final String text;

  ExplanationMethod(String text) {
    this.text = text;
  }

  /** {@return the name on the command line and in files: {@code layer-cam}} */
  @Override
  public String toString() {
    return text;
  }

  /**
   * Finds a method by its name.
   *
   * @param name the name, as {@link #toString} returns it
   * @return the method
   * @throws IllegalArgumentException when there is none; the message suggests the nearest name
   */
  public static ExplanationMethod named(String name) {
    return Arrays.stream(values())
        .filter(method -> method.text.equals(name))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException(Suggestion.unknown("method", name, names())));
  }

  /** {@return all names that {@link #named} knows} */
  public static List<String> names() {
    return Arrays.stream(values()).map(ExplanationMethod::toString).toList();
  }
}
