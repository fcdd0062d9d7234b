package org.nin4j.tracking.report;

import java.util.ArrayList;
import java.util.List;
import org.nin4j.data.Batch;
import org.nin4j.data.CenterCrop;
import org.nin4j.data.DataLoader;
import org.nin4j.data.DataLoaderBuilder;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.Epoch;
import org.nin4j.data.ImageDataset;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.PreprocessingStep;
import org.nin4j.data.Resize;
import org.nin4j.data.ResizeShorterSide;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.train.Recipe;
import org.nin4j.train.TrainingSetup;

/**
 * The first images that a network saw in its training: drawn, augmented, mixed and resized by the
 * data loader as in the first step, but not normalised.
 *
 * @param note what they are, in words
 * @param samples the images
 */
record TrainingSamples(String note, List<Sample> samples) {
  private static final int COUNT = 16;

  /**
   * An image as the network saw it.
   *
   * @param label index of its class
   * @param png the picture
   */
  record Sample(int label, String png) {}

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
    Recipe recipe = setup.recipe();
    Preprocessing visible =
        new Preprocessing(
            preprocessing.channels(),
            preprocessing.steps().stream().filter(TrainingSamples::keepsColours).toList());
    DataLoaderBuilder loading =
        DataLoader.builder(images, visible, COUNT)
            .sampling(recipe.balance().sampling())
            .augmentations(recipe.augmentations())
            .seed(setup.seed());
    recipe.mixing().ifPresent(loading::mixing);
    List<Sample> samples = new ArrayList<>();
    try (Epoch epoch = loading.build().epoch(0, 0)) {
      Batch batch = epoch.next();
      for (int i = 0; i < batch.size(); i++) {
        samples.add(new Sample(batch.labels()[i], Picture.of(image(batch, i, visible))));
      }
    }
    return new TrainingSamples(note(recipe), samples);
  }

  private static boolean keepsColours(PreprocessingStep step) {
    return step instanceof Resize
        || step instanceof ResizeShorterSide
        || step instanceof CenterCrop;
  }

  private static DecodedImage image(Batch batch, int index, Preprocessing size) {
    byte[] pixels = new byte[size.channels() * size.height() * size.width()];
    for (int i = 0; i < pixels.length; i++) {
      float value = batch.images()[index * pixels.length + i];
      pixels[i] = (byte) Math.round(255 * Math.min(1, Math.max(0, value)));
    }
    return new DecodedImage(size.channels(), size.height(), size.width(), pixels);
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
        samples,
        (fields, sample) -> {
          fields.number("label", sample.label());
          fields.text("png", sample.png());
        });
  }
}
