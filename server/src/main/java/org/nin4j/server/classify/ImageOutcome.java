package org.nin4j.server.classify;

import java.util.Optional;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.server.classify.ClassifyOptions.Maps;
import org.nin4j.server.http.HttpError;

/**
 * What became of one image of a request.
 *
 * @param name what the client calls the image
 * @param result what the model says of it; empty when it failed
 * @param failure why it failed; empty when it did not
 */
record ImageOutcome(
    Optional<String> name, Optional<ClassifiedImage> result, Optional<HttpError> failure) {
  private static final String NO_MAPS =
      "the model has no class maps: its network does not end in a map for each class and a global"
          + " average";

  static ImageOutcome of(UploadedImage image, ImageClassifier classifier) {
    try {
      return new ImageOutcome(
          image.name(), Optional.of(classifier.classify(image.content())), Optional.empty());
    } catch (HttpError e) {
      return new ImageOutcome(image.name(), Optional.empty(), Optional.of(e));
    }
  }

  /** Writes the fields of the image's object. */
  void write(JsonWriter json, Maps asked) {
    name.ifPresent(text -> json.text("name", text));
    failure.ifPresent(error -> json.text("error", error.getMessage()));
    result.ifPresent(image -> write(json, image, asked));
  }

  private static void write(JsonWriter json, ClassifiedImage image, Maps asked) {
    json.number("width", image.width());
    json.number("height", image.height());
    json.objects(
        "classes",
        image.classes(),
        (object, each) -> {
          object.text("label", each.label());
          object.number("index", each.index());
          object.number("probability", each.probability());
        });
    if (image.maps().isPresent()) {
      image.maps().get().write(json);
    } else if (asked != Maps.FALSE) {
      json.none("class_maps");
      json.text("note", NO_MAPS);
    }
  }
}
