package org.nin4j.engine.onednn.verify;

/** Primitives that end the process, which no check can find out. */
public final class KnownCrashes {
  private KnownCrashes() {}

  /**
   * Whether a primitive must not be run: oneDNN 3.11's BRGEMM convolution where a window lies in
   * the padding altogether (its issue 5942).
   */
  public static boolean has(PrimitiveCheck check, String implementation) {
    return check instanceof ConvolutionForward forward
        && implementation.startsWith("brg_conv")
        && (forward.geometry().padding().height() >= forward.geometry().kernel().height()
            || forward.geometry().padding().width() >= forward.geometry().kernel().width());
  }
}
