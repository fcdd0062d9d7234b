package org.nin4j.interchange.caffe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nin4j.Engines;
import org.nin4j.data.ImagePreprocessor;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.Precision;
import org.nin4j.engine.PreparedWeights;
import org.nin4j.interchange.caffe.CaffeBytes.Array;
import org.nin4j.interchange.caffe.CaffeBytes.Form;
import org.nin4j.interchange.caffe.PlainCaffe.Axis;
import org.nin4j.interchange.caffe.PlainCaffe.Maps;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.Model;
import org.nin4j.io.Models;

/** From pixels to logits, by NiN4J in RGB and [0, 1], and by plain Java as Caffe does it. */
class CaffePredictionTest {
  private static final int SIDE = 10;
  private static final int CROP = 8;
  private static final float SCALE = 0.0625f;
  private static final String WITH_MEAN_IMAGE =
      "scale: 0.0625 crop_size: 8 mean_file: \"/home/someone/mean.binaryproto\"";

  @TempDir Path folder;

  private final Random random = new Random(11);
  private final byte[] pixels = new byte[3 * SIDE * SIDE];

  private final Array mean = Array.random(random, "mean", 1, 3, SIDE, SIDE);
  private final List<Array> weights =
      List.of(
          Array.random(random, "conv1", 4, 3, 3, 3),
          Array.random(random, "conv1", 4),
          Array.random(random, "conv2", 6, 4, 3, 3),
          Array.random(random, "conv2", 6),
          Array.random(random, "fc", 5, 24),
          Array.random(random, "fc", 5));

  CaffePredictionTest() {
    random.nextBytes(pixels);
    for (int i = 0; i < mean.values().length; i++) {
      mean.values()[i] = 100 + 50 * mean.values()[i];
    }
  }

  private static CaffeText layers(CaffeText text) {
    return text.conv("conv1", 4, 3, 1, 1)
        .relu("relu1")
        .pool("pool1", "MAX", 3, 2)
        .conv("conv2", 6, 3, 1, 1)
        .relu("relu2")
        .pool("pool2", "AVE", 3, 2)
        .layer("fc", "InnerProduct", "fc", "inner_product_param { num_output: 5 }")
        .loss();
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void logitsAreThoseOfCaffeWithItsMeanImage(Form form) throws IOException {
    CaffeBytes.write(folder.resolve("mean.binaryproto"), mean, form);
    for (boolean old : new boolean[] {true, false}) {
      Path file = write(layers(new CaffeText("small", old).data(WITH_MEAN_IMAGE)), form);
      double[][] centre = centre((c, i) -> SCALE * (pixel(2 - c, i) - mean(c, i)));
      assertLogits(centre, Models.read(file, named()));
    }
  }

  @Test
  void logitsAreThoseOfCaffeWithMeanValues() throws IOException {
    String transform = "scale: 0.0625 mean_value: 104 mean_value: 117 mean_value: 123";
    CaffeText text =
        new CaffeText("small", false)
            .layer(
                "data",
                "ImageData",
                null,
                "top: \"data\" transform_param { crop_size: 8 "
                    + transform
                    + " } image_data_param { new_height: 10 new_width: 10 }");
    Path file = write(layers(text), Form.SHAPED);
    double[] means = {104, 117, 123};
    assertLogits(
        centre((c, i) -> SCALE * (pixel(2 - c, i) - means[c])), Models.read(file, named()));
  }

  @Test
  void theOldFieldsOfDataLayersSayTheSame() throws IOException {
    CaffeBytes.write(folder.resolve("mean.binaryproto"), mean, Form.OLD);
    CaffeText text =
        new CaffeText("small", true)
            .layer(
                "data",
                "Data",
                null,
                "top: \"data\" data_param { source: \"x\" " + WITH_MEAN_IMAGE + " }");
    Model model = Models.read(write(layers(text), Form.OLD), named());
    assertLogits(centre((c, i) -> SCALE * (pixel(2 - c, i) - mean(c, i))), model);
  }

  @Test
  void redStaysFirstWhereTheOptionsSaySo() throws IOException {
    CaffeBytes.write(folder.resolve("mean.binaryproto"), mean, Form.SHAPED);
    Path file = write(layers(new CaffeText("small", false).data(WITH_MEAN_IMAGE)), Form.SHAPED);
    Model model = Models.read(file, named().redFirst(true));
    assertLogits(centre((c, i) -> SCALE * (pixel(c, i) - mean(c, i))), model);
  }

  @Test
  void aFirstLayerOverAllPixelsTakesRedFirstToo() throws IOException {
    Array weight = Array.random(random, "fc", 5, 3 * CROP * CROP);
    Array bias = Array.random(random, "fc", 5);
    CaffeText text =
        new CaffeText("linear", true)
            .layer("data", "Data", null, "top: \"data\" transform_param { " + WITH_MEAN_IMAGE + "}")
            .layer("fc", "InnerProduct", "fc", "inner_product_param { num_output: 5 }");
    CaffeBytes.write(folder.resolve("mean.binaryproto"), mean, Form.SHAPED);
    Path definition = folder.resolve("linear.prototxt");
    Files.writeString(definition, text.toString());
    Path file = folder.resolve("linear.caffemodel");
    CaffeBytes.write(file, definition, Form.OLD, List.of(weight, bias));
    double[][] centre = centre((c, i) -> SCALE * (pixel(2 - c, i) - mean(c, i)));
    double[] expected =
        PlainCaffe.innerProduct(maps(centre), weight.values(), bias.values());
    assertClose(expected, logits(Models.read(file, named())));
  }

  private interface Value {
    double of(int channel, int pixel);
  }

  private double pixel(int channel, int at) {
    return pixels[channel * SIDE * SIDE + at] & 0xFF;
  }

  private double mean(int channel, int at) {
    return mean.values()[channel * SIDE * SIDE + at];
  }

  /** The values of all channels, in the order of Caffe's network, in the centre of the image. */
  private static double[][] centre(Value value) {
    double[][] values = new double[3][CROP * CROP];
    int edge = (SIDE - CROP) / 2;
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < CROP; y++) {
        for (int x = 0; x < CROP; x++) {
          values[c][y * CROP + x] = value.of(c, (y + edge) * SIDE + x + edge);
        }
      }
    }
    return values;
  }

  private static Maps maps(double[][] channels) {
    double[] values = new double[3 * CROP * CROP];
    for (int i = 0; i < values.length; i++) {
      values[i] = channels[i / (CROP * CROP)][i % (CROP * CROP)];
    }
    return new Maps(3, CROP, CROP, values);
  }

  private Path write(CaffeText text, Form form) throws IOException {
    Path definition = folder.resolve("small.prototxt");
    Files.writeString(definition, text.toString());
    Path file = folder.resolve("small.caffemodel");
    CaffeBytes.write(file, definition, form, weights);
    return file;
  }

  private static ImportOptions named() {
    return ImportOptions.none().classes(List.of("a", "b", "c", "d", "e"));
  }

  private void assertLogits(double[][] input, Model model) {
    Axis three = new Axis(3, 1, 1);
    Axis half = new Axis(3, 2, 0);
    Maps maps = maps(input);
    maps = PlainCaffe.convolution(maps, values(0), values(1), three);
    maps = PlainCaffe.pool(PlainCaffe.relu(maps), true, half, half);
    maps = PlainCaffe.convolution(maps, values(2), values(3), three);
    maps = PlainCaffe.pool(PlainCaffe.relu(maps), false, half, half);
    assertClose(PlainCaffe.innerProduct(maps, values(4), values(5)), logits(model));
  }

  private float[] values(int index) {
    return weights.get(index).values();
  }

  private float[] logits(Model model) {
    ImagePreprocessor preprocessor = new ImagePreprocessor(model.preprocessing());
    float[] image = new float[preprocessor.length()];
    preprocessor.apply(pixels, 3, SIDE, SIDE, image, 0);
    float[] logits = new float[model.classes().size()];
    Engine engine = Engines.reference();
    try (PreparedWeights prepared = engine.prepare(model.network())) {
      prepared.load(model.weights());
      try (InferencePlan plan =
          engine.compileInference(PlanSpec.of(model.network(), 1, Precision.FP32), prepared)) {
        plan.run(image, 1, logits);
      }
    }
    return logits;
  }

  /** Within fp32's rounding of values of up to 16 in sums of up to 200. */
  private static void assertClose(double[] expected, float[] found) {
    List<Double> distances = new ArrayList<>();
    for (int i = 0; i < found.length; i++) {
      assertEquals(expected[i], found[i], 2e-4, "logit " + i);
      distances.add(Math.abs(expected[i] - expected[0]));
    }
    assertTrue(distances.stream().anyMatch(distance -> distance > 0.1), "the logits differ");
  }
}
