package org.nin4j.tracking.report;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.engine.EngineException;
import org.nin4j.engine.Precision;
import org.nin4j.error.InvalidModelException;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.explain.Explainer;
import org.nin4j.explain.Explanation;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.io.Model;
import org.nin4j.tracking.picture.Overlay;

/**
 * Maps of what in a few images speaks for the class that the model gives them.
 *
 * @param note how they were made, in words
 * @param maps the maps
 */
record EvidenceMaps(String note, List<EvidenceMap> maps) {
  private static final int MISTAKES = 3;
  private static final int COUNT = 6;
  private static final int LONGEST_SIDE = 140; // pixels

  /**
   * A map of an image.
   *
   * @param index index of the image
   * @param file the path of its file in the data set, if it has one
   * @param label index of its class
   * @param explained index of the class that the map is of
   * @param image the image
   * @param png the image with the map over it
   */
  record EvidenceMap(
      int index, Optional<String> file, int label, int explained, String image, String png) {}

  static EvidenceMaps none(String why) {
    return new EvidenceMaps(why, List.of());
  }

  /** Explains a few images; where that is not possible for a model, the note says why. */
  static EvidenceMaps of(Model model, Engine engine, ImageDataset images, Evaluation evaluation) {
    try {
      return explained(model, engine, images, evaluation);
    } catch (IllegalArgumentException | EngineException | InvalidModelException e) {
      return none("The maps could not be computed: " + e.getMessage() + ".");
    }
  }

  private static EvidenceMaps explained(
      Model model, Engine engine, ImageDataset images, Evaluation evaluation) {
    List<EvidenceMap> maps = new ArrayList<>();
    String reason = "";
    try (Explainer explainer = Explainer.of(model, engine, Precision.FP32)) {
      for (int index : choice(evaluation)) {
        DecodedImage image = images.image(index);
        Explanation explanation = explainer.explain(image);
        reason = explanation.reason();
        BufferedImage heat =
            Overlay.heat(image, explanation.heatMap(), explanation.region(), LONGEST_SIDE);
        maps.add(
            new EvidenceMap(
                index,
                images.file(index),
                images.label(index),
                explanation.label(),
                Base64Png.of(image),
                Base64Png.of(heat)));
      }
    }
    return new EvidenceMaps(
        "What in an image speaks for the class that the model gives it (orange) or against it"
            + " (blue), in some mistakes and some images that were classified correctly. Method "
            + reason
            + ".",
        maps);
  }

  /** Returns a few mistakes, and the first image of each class that was classified correctly. */
  static List<Integer> choice(Evaluation evaluation) {
    List<Integer> chosen = new ArrayList<>(evaluation.mostConfidentMistakes(MISTAKES));
    Set<Integer> classes = new HashSet<>();
    for (int i = 0; i < evaluation.images() && chosen.size() < COUNT; i++) {
      if (evaluation.results().get(i).correct()
          && classes.add(evaluation.results().get(i).label())) {
        chosen.add(i);
      }
    }
    return chosen;
  }

  void write(JsonWriter json) {
    json.text("note", note);
    json.objects(
        "pictures",
        maps,
        (fields, map) -> {
          fields.number("index", map.index());
          map.file().ifPresent(file -> fields.text("file", file));
          fields.number("label", map.label());
          fields.number("explained", map.explained());
          fields.text("image", map.image());
          fields.text("png", map.png());
        });
  }
}
