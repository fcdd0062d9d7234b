package org.nin4j.explain;

import java.util.Arrays;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImagePreprocessor;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.internal.Softmax;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;

/**
 * {@link ExplanationMethod#OCCLUSION}. The patch is a quarter of the input high and wide, and its
 * centre visits 14 x 14 positions, or every pixel of a smaller input. At the edges a part of the
 * patch lies outside.
 */
final class Occlusion implements HeatMapper {
  private static final int POSITIONS = 14;
  private static final int PATCHES = 4; // that fit side by side
  private static final int BATCH = 14;

  private final Shape input;
  private final int classes;
  private final CellGrid grid;
  private final ImagePreprocessor preprocessor;
  private final InferenceReplicas plan;
  private final float[] image; // (C, H, W)
  private final float[] occluded; // (BATCH, C, H, W)
  private final float[] logits; // (BATCH, classes)

  Occlusion(Arithmetic arithmetic, Network network, Preprocessing preprocessing) {
    input = network.input();
    classes = network.classes();
    grid =
        new CellGrid(
            CellAxis.divided(Math.min(POSITIONS, input.height()), input.height()),
            CellAxis.divided(Math.min(POSITIONS, input.width()), input.width()));
    preprocessor = new ImagePreprocessor(preprocessing);
    image = new float[preprocessor.length()];
    occluded = new float[BATCH * image.length];
    logits = new float[BATCH * classes];
    plan = arithmetic.inference(PlanSpec.of(network, BATCH, arithmetic.precision()));
  }

  @Override
  public HeatMap map(DecodedImage source, int label) {
    preprocessor.apply(source, image, 0);
    plan.run(image, 0, 1, logits, 0);
    double whole = probability(0, label);
    float[] means = channelMeans();
    float[] drops = new float[grid.cells()];
    for (int first = 0; first < drops.length; first += BATCH) {
      int count = Math.min(BATCH, drops.length - first);
      for (int i = 0; i < count; i++) {
        occlude(i, (first + i) / grid.width(), (first + i) % grid.width(), means);
      }
      plan.run(occluded, 0, count, logits, 0);
      for (int i = 0; i < count; i++) {
        drops[first + i] = (float) (whole - probability(i, label));
      }
    }
    return new HeatMap(grid, drops);
  }

  /** The means of the image's channels. */
  private float[] channelMeans() {
    int area = input.height() * input.width();
    float[] means = new float[input.channels()];
    for (int c = 0; c < means.length; c++) {
      double sum = 0;
      for (int i = c * area; i < (c + 1) * area; i++) {
        sum += image[i];
      }
      means[c] = (float) (sum / area);
    }
    return means;
  }

  /** Copies the image with a patch to an index of the batch. */
  private void occlude(int index, int row, int column, float[] means) {
    System.arraycopy(image, 0, occluded, index * image.length, image.length);
    int[] rows = patch(grid.rows(), row);
    int[] columns = patch(grid.columns(), column);
    for (int c = 0; c < means.length; c++) {
      for (int y = rows[0]; y < rows[1]; y++) {
        int begin = index * image.length + (c * input.height() + y) * input.width();
        Arrays.fill(occluded, begin + columns[0], begin + columns[1], means[c]);
      }
    }
  }

  /** The first pixel of the patch along an axis, and the first behind it. */
  private static int[] patch(CellAxis axis, int cell) {
    int length = Math.max(1, axis.pixels() / PATCHES);
    int begin = (int) Math.round(axis.first() + cell * axis.step() - (length - 1) / 2.0);
    return new int[] {Math.max(0, begin), Math.min(axis.pixels(), begin + length)};
  }

  private double probability(int index, int label) {
    int row = index * classes;
    double max = logits[row + Softmax.largest(logits, row, classes)];
    double logSum = Softmax.logSum(logits, row, classes, max);
    return StrictMath.exp(logits[row + label] - max - logSum);
  }

  @Override
  public String description() {
    return "the drop of the probability where a patch is occluded, at "
        + grid.cells()
        + " positions";
  }

  @Override
  public void close() {
    plan.close();
  }
}
