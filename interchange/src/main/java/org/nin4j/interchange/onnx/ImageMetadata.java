package org.nin4j.interchange.onnx;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nin4j.data.CenterCrop;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.PreprocessingStep;
import org.nin4j.data.Resize;
import org.nin4j.data.ResizeShorterSide;

/**
 * What ONNX defines to be said of a model's images (MetadataProps.md of the ONNX repository). It
 * repeats, for other programs, a part of this library's own metadata.
 */
final class ImageMetadata {
  /** With what all keys begin. */
  static final String PREFIX = "Image.";

  private static final String PIXEL_FORMAT = PREFIX + "BitmapPixelFormat";
  private static final String GAMMA = PREFIX + "ColorSpaceGamma";
  private static final String RANGE = PREFIX + "NominalPixelRange";

  private ImageMetadata() {}

  /** Returns what is true; the range only where it is one of those that ONNX has a name for. */
  static Map<String, String> of(Preprocessing preprocessing) {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put(PIXEL_FORMAT, preprocessing.channels() == 1 ? "Gray8" : "Rgb8");
    metadata.put(GAMMA, "SRGB"); // pixels are used as files hold them
    List<PreprocessingStep> steps = new ArrayList<>(preprocessing.steps());
    steps.removeIf(
        step ->
            step instanceof Resize
                || step instanceof ResizeShorterSide
                || step instanceof CenterCrop);
    if (steps.isEmpty()) {
      metadata.put(RANGE, "Normalized_0_1");
    } else if (steps.size() == 1
        && steps.get(0) instanceof Normalize normalize
        && isHalf(normalize.mean())
        && isHalf(normalize.std())) {
      metadata.put(RANGE, "Normalized_1_1");
    }
    return metadata;
  }

  private static boolean isHalf(List<Float> values) {
    return values.stream().allMatch(value -> value == 0.5f);
  }
}
