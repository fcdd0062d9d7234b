package org.nin4j.interchange.caffe;

import java.util.List;
import java.util.Optional;
import org.nin4j.internal.Quoted;

/**
 * What a data layer does to images: Caffe resizes them, subtracts means from their values of 0 to
 * 255, crops them, and multiplies what is left by the scale.
 *
 * @param layer the data layer
 * @param scale 1 if the layer says none
 * @param crop side of the crop in pixels; 0 for none
 * @param meanFile the path of a mean image on the machine of the training
 * @param means a mean for all channels or for each, blue first
 * @param height rows to which images are resized before they are cropped; 0 if that is not said
 * @param width columns likewise
 */
record Transform(
    CaffeLayer layer,
    float scale,
    int crop,
    Optional<String> meanFile,
    List<Float> means,
    int height,
    int width) {

  /**
   * @throws IllegalArgumentException when the layer contradicts itself, or a number is out of range
   */
  static Transform of(CaffeLayer layer) {
    CaffeMessage now = layer.parameters().message("transform_param");
    boolean images = layer.type().equals("ImageData");
    // Before there was transform_param, each kind of data layer had such fields of its own.
    CaffeMessage before = layer.parameters().message(images ? "image_data_param" : "data_param");
    String meanFile = now.has("mean_file") ? now.text("mean_file") : before.text("mean_file");
    LayerFields size = new LayerFields(layer, before);
    LayerFields crop = now.has("crop_size") ? new LayerFields(layer, now) : size;
    Transform transform =
        new Transform(
            layer,
            now.has("scale") ? now.real("scale", 1) : before.real("scale", 1),
            crop.size("crop_size", 0, 0),
            Optional.of(meanFile).filter(name -> !name.isEmpty()),
            now.reals("mean_value"),
            images ? size.size("new_height", 0, 0) : 0,
            images ? size.size("new_width", 0, 0) : 0);
    transform.check();
    return transform;
  }

  private void check() {
    if (!(scale > 0 && Float.isFinite(scale) && Float.isFinite(1 / scale))) {
      throw layer.defect("has the scale " + scale + ", which must be positive and finite");
    }
    for (float mean : means) {
      if (!Float.isFinite(mean)) {
        throw layer.defect("has the mean_value " + mean + ", which must be finite");
      }
    }
    if (meanFile.isPresent() && !means.isEmpty()) {
      throw layer.defect("has both a mean_file and a mean_value; remove one");
    }
  }

  /** Whether it says how values are normalized. Cropping alone does not. */
  boolean normalizes() {
    return meanFile.isPresent() || !means.isEmpty() || scale != 1;
  }

  /** The mean file without its folders, in quotes. */
  String quotedMeanFile() {
    return Quoted.text(MeanImage.fileName(meanFile.orElseThrow()));
  }
}
