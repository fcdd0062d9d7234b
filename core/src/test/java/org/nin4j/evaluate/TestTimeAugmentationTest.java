package org.nin4j.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.nin4j.Classifier;
import org.nin4j.Engines;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.DelegatingDataset;
import org.nin4j.data.ImageDataset;
import org.nin4j.engine.Engine;
import org.nin4j.engine.Precision;
import org.nin4j.io.Model;
import org.nin4j.train.TinyTask;

class TestTimeAugmentationTest {
  private static final ImageDataset IMAGES = TinyTask.data().testOrValidation();

  private static Model model() throws IOException {
    return TinyTask.trainer(TinyTask.recipe().with(r -> r.epochs(1))).train().model();
  }

  private static Evaluation evaluate(
      Engine engine, Model model, int threads, TestTimeAugmentation augmentation) {
    try (Evaluator evaluator = new Evaluator(engine, Precision.FP32, model, IMAGES, threads)) {
      return evaluator.evaluate(model.weights(), augmentation);
    }
  }

  /** The images with left and right exchanged. */
  private static final class Mirrored extends DelegatingDataset {
    Mirrored(ImageDataset images) {
      super(images);
    }

    @Override
    public DecodedImage image(int index) {
      DecodedImage image = super.image(index);
      byte[] pixels = image.pixels().clone();
      int width = image.width();
      for (int i = 0; i < pixels.length; i++) {
        pixels[i] = image.pixels()[i / width * width + width - 1 - i % width];
      }
      return new DecodedImage(image.channels(), image.height(), width, pixels);
    }
  }

  /**
   * The logarithms of the probabilities of a classifier are logits up to a constant for each image,
   * which changes neither the loss of their mean nor its largest entry.
   */
  @Test
  void withFlipsTheLogitsAreTheMeanOverTheImagesAndOverAFlippedDataSet() throws IOException {
    Model model = model();
    Evaluation flips =
        evaluate(Engines.reference(), model, 2, TestTimeAugmentation.HORIZONTAL_FLIP);
    ImageDataset mirrored = new Mirrored(IMAGES);
    double loss = 0;
    int correct = 0;
    try (Classifier classifier =
        Classifier.builder(model).engine(Engines.reference()).precision(Precision.FP32).build()) {
      for (int i = 0; i < IMAGES.size(); i++) {
        double[] mean = new double[TinyTask.CLASSES];
        for (ImageDataset images : new ImageDataset[] {IMAGES, mirrored}) {
          DecodedImage image = images.image(i);
          float[] probabilities = new float[TinyTask.CLASSES];
          classifier.classify(
              image.pixels(), image.channels(), image.height(), image.width(), probabilities);
          for (int c = 0; c < mean.length; c++) {
            mean[c] += Math.log(probabilities[c]) / 2;
          }
        }
        int largest = 0;
        double sum = 0;
        for (int c = 0; c < mean.length; c++) {
          largest = mean[c] > mean[largest] ? c : largest;
          sum += Math.exp(mean[c]);
        }
        loss += Math.log(sum) - mean[IMAGES.label(i)];
        correct += largest == IMAGES.label(i) ? 1 : 0;
      }
    }
    assertEquals(loss / IMAGES.size(), flips.loss(), 1e-5);
    assertEquals((double) correct / IMAGES.size(), flips.accuracy());
    assertNotEquals(
        flips.loss(),
        evaluate(Engines.reference(), model, 2, TestTimeAugmentation.NONE).loss(),
        1e-4);
  }

  @Test
  void aDataSetAndItsMirrorImageHaveTheSameResultWithFlips() throws IOException {
    Model model = model();
    try (Evaluator mirrored =
        new Evaluator(Engines.reference(), Precision.FP32, model, new Mirrored(IMAGES), 1)) {
      assertEquals(
          mirrored.evaluate(model.weights(), TestTimeAugmentation.HORIZONTAL_FLIP),
          evaluate(Engines.reference(), model, 1, TestTimeAugmentation.HORIZONTAL_FLIP));
    }
  }

  @Test
  void theNumberOfThreadsChangesNothing() throws IOException {
    Model model = model();
    for (Engine engine : new Engine[] {Engines.best(), Engines.reference()}) {
      assertEquals(
          evaluate(engine, model, 1, TestTimeAugmentation.HORIZONTAL_FLIP),
          evaluate(engine, model, 3, TestTimeAugmentation.HORIZONTAL_FLIP));
    }
  }
}
