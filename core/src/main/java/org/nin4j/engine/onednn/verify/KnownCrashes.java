package org.nin4j.engine.onednn.verify;

/** Primitives that end the process, which no check can find out. */
public final class KnownCrashes {
  private KnownCrashes() {}

  /**
   * Whether a primitive must not be run: oneDNN 3.11's BRGEMM convolution where a window lies in
   * the padding altogether (its issue 5942).
   */
  public static boolean has(PrimitiveCheck check, String implementation) {
    return check instanceof Convolution convolution
        && convolution.pass() == Convolution.Pass.FORWARD
        && implementation.startsWith("brg_conv")
        && isOnlyPadding(convolution.geometry());
  }

  private static boolean isOnlyPadding(ConvolutionGeometry geometry) {
    return geometry.padding().height() >= geometry.kernel().height()
        || geometry.padding().width() >= geometry.kernel().width();
  }
}
