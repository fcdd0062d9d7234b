package org.nin4j.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageBuffer;
import org.nin4j.data.ImageVisit;
import org.nin4j.data.Preprocessing;
import org.nin4j.data.RandomAffine;
import org.nin4j.data.Range;
import org.nin4j.nn.Shape;

/**
 * Rotated, scaled and moved images against PyTorch's affine_grid_generator and grid_sampler, which
 * torchvision's RandomAffine uses, in double precision.
 */
@EnabledIf("org.nin4j.conformance.Torch#isAvailable")
class AffineConformanceTest {
  private static final long BILINEAR = 0;
  private static final long ZEROS = 0;

  @Test
  void pixelsAreTorchsRoundedToBytes() {
    SplittableRandom sizes = new SplittableRandom(3);
    for (int i = 0; i < 200; i++) {
      int index = i;
      int channels = i % 2 == 0 ? 1 : 3;
      int height = sizes.nextInt(1, 40);
      int width = sizes.nextInt(1, 40);
      byte[] pixels = new byte[channels * height * width];
      sizes.nextBytes(pixels);
      DecodedImage image = new DecodedImage(channels, height, width, pixels);
      RandomAffine affine = new RandomAffine(180, 0.3, new Range(0.5, 1.5));
      ImageBuffer buffer = new ImageBuffer();
      buffer.load(image);
      affine.apply(buffer, visit(i));
      double[] expected = Torch.scoped(() -> byTorch(affine, image, visit(index).random()));
      for (int p = 0; p < expected.length; p++) {
        // Half a pixel value, and the rounding of the source coordinates.
        assertEquals(expected[p], buffer.pixels()[p] & 0xFF, 0.5 + 1e-9, "image " + i);
      }
    }
  }

  private static ImageVisit visit(int index) {
    ImageVisit visit = new ImageVisit(5, Preprocessing.unit(3, 1, 1));
    visit.begin(2, index, 0);
    return visit;
  }

  private static double[] byTorch(RandomAffine affine, DecodedImage image, RandomGenerator random) {
    double height = image.height();
    double width = image.width();
    double angle = Math.toRadians(uniform(random, -affine.degrees(), affine.degrees()));
    double right =
        Math.rint(uniform(random, -affine.translate() * width, affine.translate() * width));
    double down =
        Math.rint(uniform(random, -affine.translate() * height, affine.translate() * height));
    double scale = uniform(random, affine.scale().min(), affine.scale().max());
    double cos = Math.cos(angle) / scale;
    double sin = Math.sin(angle) / scale;
    // Maps coordinates in the result to coordinates in the image, both from -1 to 1.
    double[] theta = {
      cos,
      sin * height / width,
      -(cos * right + sin * down) * 2 / width,
      -sin * width / height,
      cos,
      (sin * right - cos * down) * 2 / height
    };
    double[] values = new double[image.pixels().length];
    for (int p = 0; p < values.length; p++) {
      values[p] = image.pixels()[p] & 0xFF;
    }
    Shape shape = Shape.of(1, image.channels(), image.height(), image.width());
    Tensor grid =
        torch.affine_grid_generator(
            Torch.tensor(theta, Shape.of(1, 2, 3)), Torch.dims(shape), false);
    return Torch.values(
        torch.grid_sampler(Torch.tensor(values, shape), grid, BILINEAR, ZEROS, false));
  }

  private static double uniform(RandomGenerator random, double from, double to) {
    return from + (to - from) * random.nextDouble();
  }
}
