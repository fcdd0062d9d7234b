package org.nin4j.tracking.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageDataset;
import org.nin4j.evaluate.Evaluation;
import org.nin4j.evaluate.ImageResult;
import org.nin4j.tracking.RunFolder;

/** Makes pages with invented results of any number of classes. */
final class ManyClasses {
  private static final int PER_CLASS = 10;

  private ManyClasses() {}

  static String page(RunFolder run, int classes) throws IOException {
    Random random = new Random(classes);
    List<ImageResult> results = new ArrayList<>();
    for (int i = 0; i < PER_CLASS * classes; i++) {
      int label = i % classes;
      int predicted = random.nextInt(3) == 0 ? random.nextInt(classes) : label;
      double probability = 0.4 + 0.6 * random.nextDouble();
      results.add(
          new ImageResult(
              label, predicted, label == predicted ? 0 : 1, probability, 0.2, -Math.log(0.2)));
    }
    List<String> names = IntStream.range(0, classes).mapToObj(c -> "class number " + c).toList();
    Predictions predictions =
        new Predictions(
            new Evaluation(names, results),
            results.stream().map(it -> "").collect(Collectors.toList()));
    return new RunPage(
            RunData.read(run),
            Optional.empty(),
            Optional.of(new Noise(results.size(), names)),
            Optional.of(predictions),
            Optional.empty())
        .html();
  }

  /** Images in colour, whose pixels do not compress. */
  private record Noise(int size, List<String> classes) implements ImageDataset {
    @Override
    public String name() {
      return "noise";
    }

    @Override
    public int channels() {
      return 3;
    }

    @Override
    public int label(int index) {
      return index % classes.size();
    }

    @Override
    public DecodedImage image(int index) {
      byte[] pixels = new byte[3 * 32 * 32];
      new Random(index).nextBytes(pixels);
      return new DecodedImage(3, 32, 32, pixels);
    }
  }
}
