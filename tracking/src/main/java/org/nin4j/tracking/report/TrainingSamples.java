package org.nin4j.tracking.report;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.tracking.picture.TrainingImage;
import org.nin4j.train.Recipe;
import org.nin4j.train.TrainingSetup;

/**
 * The first images that a network saw in its training.
 *
 * @param note what they are, in words
 * @param images the images
 */
record TrainingSamples(String note, List<TrainingImage> images) {
  private static final int COUNT = 16;

  static TrainingSamples none(String why) {
    return new TrainingSamples(why, List.of());
  }

  /**
   * Prepares the images.
   *
   * @param images the training images
   * @param preprocessing how images become the network's input
   */
  static TrainingSamples of(ImageDataset images, TrainingSetup setup, Preprocessing preprocessing) {
    return new TrainingSamples(
        note(setup.recipe()), TrainingImage.first(images, preprocessing, setup, COUNT));
  }

  private static String note(Recipe recipe) {
    List<String> steps = new ArrayList<>();
    recipe.augmentations().forEach(step -> steps.add(step.getClass().getSimpleName()));
    recipe.mixing().ifPresent(mixing -> steps.add(mixing.getClass().getSimpleName()));
    return "The first images of the first epoch as the data loader prepared them"
        + (steps.isEmpty()
            ? ", which are not augmented."
            : " (" + String.join(", ", steps) + "), before their values are normalised.");
  }

  void write(JsonWriter json) {
    json.text("note", note);
    json.objects(
        "pictures",
        images,
        (fields, each) -> {
          fields.number("label", each.label());
          fields.text("png", Base64Png.of(each.image()));
        });
  }
}
