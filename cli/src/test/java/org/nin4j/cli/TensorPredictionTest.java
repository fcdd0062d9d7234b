package org.nin4j.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nin4j.Classifier;
import org.nin4j.Engines;
import org.nin4j.Prediction;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImagePreprocessor;
import org.nin4j.engine.Precision;
import org.nin4j.explain.Explainer;
import org.nin4j.interchange.numpy.NpyArray;
import org.nin4j.interchange.numpy.NpyWriter;
import org.nin4j.io.Model;
import org.nin4j.io.SourceModel;

/** {@code nin predict --tensor}. */
class TensorPredictionTest {
  private static final String MODEL = "nin-small-cifar10";
  private static final int COUNT = 5;
  private static final int PER_IMAGE = 3 * 32 * 32;

  @TempDir Path folder;
  private Path in;
  private Path out;
  private Model model;
  private List<DecodedImage> images;

  @BeforeEach
  void writeImages() throws IOException {
    in = folder.resolve("in.npy");
    out = folder.resolve("out.npy");
    model = SourceModel.read(MODEL).model();
    Random random = new Random(1);
    images =
        IntStream.range(0, COUNT)
            .mapToObj(
                i -> {
                  byte[] pixels = new byte[PER_IMAGE];
                  random.nextBytes(pixels);
                  return new DecodedImage(3, 32, 32, pixels);
                })
            .toList();
    new NpyArray(List.of((long) COUNT, 3L, 32L, 32L), tensor()).write(in);
  }

  private float[] tensor() {
    ImagePreprocessor preprocessor = new ImagePreprocessor(model.preprocessing());
    float[] tensor = new float[COUNT * PER_IMAGE];
    for (int i = 0; i < COUNT; i++) {
      preprocessor.apply(images.get(i), tensor, i * PER_IMAGE);
    }
    return tensor;
  }

  private Outcome predict(Object... more) {
    Object[] words = new Object[7 + more.length];
    Object[] first = {"predict", "--model", MODEL, "--tensor", in, "--out", out};
    System.arraycopy(first, 0, words, 0, 7);
    System.arraycopy(more, 0, words, 7, more.length);
    return Outcome.of(words);
  }

  @Test
  void theLogitsAreThoseOfTheClassifier() throws IOException {
    String text = predict("--precision", "fp32").succeeds().out();
    assertEquals("written: " + out + " (5x10)" + System.lineSeparator(), text);
    NpyArray logits = NpyArray.read(out);
    assertEquals(List.of(5L, 10L), logits.dims());
    try (Classifier classifier = Classifier.builder(model).precision(Precision.FP32).build()) {
      for (int i = 0; i < COUNT; i++) {
        float[] row = Arrays.copyOfRange(logits.values(), 10 * i, 10 * i + 10);
        Prediction prediction = classifier.predict(images.get(i));
        double sum = IntStream.range(0, 10).mapToDouble(c -> Math.exp(row[c])).sum();
        for (int c = 0; c < 10; c++) {
          String label = model.classes().get(c);
          double probability =
              prediction.top(10).stream()
                  .filter(ranked -> ranked.label().equals(label))
                  .findFirst()
                  .orElseThrow()
                  .probability();
          assertEquals(Math.exp(row[c]) / sum, probability, 1e-6);
        }
      }
    }
  }

  @Test
  void theResultDependsNeitherOnThreadsNorOnTheOrderOfTheFile() throws IOException {
    predict("--threads", 1).succeeds();
    byte[] expected = Files.readAllBytes(out);
    predict("--threads", 3).succeeds();
    assertArrayEquals(expected, Files.readAllBytes(out));
    float[] values = NpyArray.read(in).values();
    float[] fortran = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      int x = i % 32;
      int y = i / 32 % 32;
      int channel = i / 1024 % 3;
      fortran[i / PER_IMAGE + COUNT * (channel + 3 * (y + 32 * x))] = values[i];
    }
    new NpyArray(List.of((long) COUNT, 3L, 32L, 32L), fortran).write(in);
    byte[] file = Files.readAllBytes(in);
    String header = new String(file, 0, 128, StandardCharsets.ISO_8859_1);
    byte[] changed = header.replace("False", "True ").getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(changed, 0, file, 0, 128);
    Files.write(in, file);
    predict().succeeds();
    assertArrayEquals(expected, Files.readAllBytes(out));
  }

  @Test
  void theOutputOfALayerIsItsFeatureMaps() throws IOException {
    predict("--precision", "fp32", "--layer", "1").succeeds();
    NpyArray maps = NpyArray.read(out);
    int each = maps.values().length / COUNT;
    try (Explainer explainer = Explainer.of(model, Engines.best(), Precision.FP32)) {
      for (int i = 0; i < COUNT; i++) {
        assertArrayEquals(
            explainer.featureMaps(images.get(i), "1").values(),
            Arrays.copyOfRange(maps.values(), i * each, (i + 1) * each));
      }
    }
    assertEquals(4, maps.dims().size());
    predict("--layer", "7").succeeds();
    assertEquals(List.of(5L, 10L), NpyArray.read(out).dims());
  }

  /** More than is kept in memory at a time. */
  @Test
  void aLargeTensorIsComputedInParts() throws IOException {
    int count = 1500;
    float[] tensor = tensor();
    NpyWriter.write(
        in,
        List.of((long) count, 3L, 32L, 32L),
        images -> {
          for (int i = 0; i < count; i++) {
            images.write(tensor, i % COUNT * PER_IMAGE, PER_IMAGE);
          }
        });
    predict().succeeds();
    float[] logits = NpyArray.read(out).values();
    assertEquals(10 * count, logits.length);
    for (int i = 10 * COUNT; i < logits.length; i++) {
      assertEquals(logits[i % (10 * COUNT)], logits[i]);
    }
  }

  @Test
  void noImagesGiveNoLogits() throws IOException {
    new NpyArray(List.of(0L, 3L, 32L, 32L), new float[0]).write(in);
    predict().succeeds();
    assertEquals(List.of(0L, 10L), NpyArray.read(out).dims());
  }

  @Test
  void anArrayThatTheModelDoesNotTakeIsRefusedWithBothShapes() throws IOException {
    for (List<Long> dims :
        List.of(
            List.of(1L, 32L, 32L, 3L),
            List.of(3L, 32L, 32L),
            List.<Long>of(3072L),
            List.of(1L, 3L, 32L, 32L, 1L))) {
      new NpyArray(dims, new float[PER_IMAGE]).write(in);
      String shape = String.join("x", dims.stream().map(String::valueOf).toList());
      predict()
          .fails(1, in + ": is F32 " + shape + ", but the model takes F32 Nx3x32x32; preprocess");
    }
    byte[] bytes = Files.readAllBytes(in);
    String header = new String(bytes, 0, 128, StandardCharsets.ISO_8859_1);
    byte[] doubles =
        header
            .replace("<f4", "<f8")
            .replace("(1, 3, 32, 32, 1)", "(1, 3, 32, 16)   ")
            .getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(doubles, 0, bytes, 0, 128);
    Files.write(in, bytes);
    predict().fails(1, in + ": is F64 1x3x32x16, but the model takes F32 Nx3x32x32");
    Files.write(in, Arrays.copyOf(bytes, 500));
    predict().fails(1, in + ": needs 12288 bytes for F64 1x3x32x16, but 372 follow");
    Files.writeString(in, "no array");
    predict().fails(1, in + ": is not a NumPy array");
    Files.delete(in);
    predict().fails(1, in + ": there is no such file");
    assertFalse(Files.exists(out));
  }

  @Test
  void optionsThatDoNotBelongTogetherAreRefused() throws IOException {
    predict("boot.png").fails(2, "name either images or a --tensor, not both");
    predict("--top", 1).fails(2, "--top is for images; leave it out with --tensor");
    predict("--format", "csv").fails(2, "--format is for images; leave it out with --tensor");
    Outcome.of("predict", "--model", MODEL, "--tensor", in, "--out", folder.resolve("model.pt"))
        .fails(2, "must end in .npy, as it will hold a NumPy array");
    Outcome.of("predict", "--model", MODEL, "--tensor", in, "--out", folder.resolve("./in.npy"))
        .fails(2, "is the --tensor itself; choose another file");
    predict("--layer", "99").fails(2, "--layer: network 'nin-small' has no layer at '99'");
    Outcome.of("predict", "--model", MODEL, "--tensor", in).fails(2, "--tensor needs --out");
    Outcome.of("predict", "--model", MODEL, "boot.png", "--out", out)
        .fails(2, "--out needs --tensor");
    Outcome.of("predict", "--model", MODEL, "boot.png", "--layer", "0")
        .fails(2, "--layer needs --tensor");
    Outcome.of("predict", "--model", MODEL).fails(2, "name at least one image (IMAGE|DIR|-)");
    assertFalse(Files.exists(out));
    predict().succeeds();
    byte[] before = Files.readAllBytes(out);
    Path missing = folder.resolve("no").resolve("out.npy");
    Outcome.of("predict", "--model", MODEL, "--tensor", in, "--out", missing)
        .fails(1, missing + ": the folder " + missing.getParent() + " does not exist");
    assertTrue(Arrays.equals(before, Files.readAllBytes(out)));
  }
}
