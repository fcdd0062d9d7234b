package org.nin4j.tracking;

import java.util.Optional;
import java.util.OptionalInt;
import org.nin4j.internal.json.JsonObject;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.train.ClassCounts;
import org.nin4j.train.ImageCounts;

/**
 * What the data set of a run consists of.
 *
 * @param images how many images there are, in each part and of each class
 * @param damaged number of image files that were left out because they cannot be read
 * @param ignored number of files and folders that were left out because they are hidden, or their
 *     names are not those of images
 */
public record DataManifest(ImageCounts images, int damaged, int ignored) {
  /** Describes the first difference between the images of a run and others. */
  static Optional<String> difference(ImageCounts found, ImageCounts wanted) {
    if (found.classes().size() != wanted.classes().size()) {
      return Optional.of(found.classes().size() + " classes instead of " + wanted.classes().size());
    }
    for (int label = 0; label < found.classes().size(); label++) {
      ClassCounts left = found.classes().get(label);
      ClassCounts right = wanted.classes().get(label);
      if (!left.name().equals(right.name())) {
        return Optional.of(
            "class " + label + " '" + left.name() + "' instead of '" + right.name() + "'");
      }
      Optional<String> difference =
          number("training", left.train(), right.train())
              .or(() -> number("validation", left.validation(), right.validation()))
              .or(() -> number("test", left.test(), right.test()));
      if (difference.isPresent()) {
        return difference.map(text -> text + " of class '" + left.name() + "'");
      }
    }
    return Optional.empty();
  }

  private static Optional<String> number(String part, int found, int wanted) {
    return found == wanted
        ? Optional.empty()
        : Optional.of(found + " instead of " + wanted + " " + part + " images");
  }

  void write(JsonWriter json) {
    json.number("train", images.train());
    images.validation().ifPresent(number -> json.number("val", number));
    images.test().ifPresent(number -> json.number("test", number));
    json.objects("classes", images.classes(), this::write);
    json.number("damaged", damaged);
    json.number("ignored", ignored);
  }

  private void write(JsonWriter json, ClassCounts each) {
    json.text("name", each.name());
    json.number("train", each.train());
    if (images.validation().isPresent()) {
      json.number("val", each.validation());
    }
    if (images.test().isPresent()) {
      json.number("test", each.test());
    }
  }

  static DataManifest read(JsonObject json) {
    return new DataManifest(
        new ImageCounts(
            json.intAtLeast("train", 0),
            number(json, "val"),
            number(json, "test"),
            json.objects(
                "classes",
                each ->
                    new ClassCounts(
                        each.text("name"),
                        each.intAtLeast("train", 0),
                        number(each, "val").orElse(0),
                        number(each, "test").orElse(0)))),
        json.intAtLeast("damaged", 0),
        json.intAtLeast("ignored", 0));
  }

  private static OptionalInt number(JsonObject json, String name) {
    return json.has(name) ? OptionalInt.of(json.intAtLeast(name, 0)) : OptionalInt.empty();
  }
}
