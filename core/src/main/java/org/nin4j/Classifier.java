package org.nin4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageFiles;
import org.nin4j.data.ImageTransform;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferencePlan;
import org.nin4j.engine.Precision;
import org.nin4j.io.Model;
import org.nin4j.io.ModelFile;

/**
 * A model ready to name what is on an image.
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.load(Path.of("model.safetensors"))) {
 *   System.out.println(classifier.predict(Path.of("boot.png")).label());
 * }
 * }</pre>
 *
 * <p>Holds native memory until it is closed. Threads may share it, one prediction at a time; OpenMP
 * keeps a pool of threads for each thread that calls, so a few callers are better than many.
 */
public final class Classifier implements AutoCloseable {
  private final Model model;
  private final InferencePlan plan;
  private final float[] input;
  private final float[] logits;
  private final float[] probabilities;
  private ImageTransform transform;

  /**
   * In fp32, the arithmetic whose results are the same everywhere but for rounding; a quantized
   * model in int8, where the engine computes it.
   */
  public Classifier(Model model, Engine engine) {
    this(
        model,
        engine,
        model.quantization() != null && engine.supports(Precision.INT8)
            ? Precision.INT8
            : Precision.FP32);
  }

  /**
   * In a precision of one's choice.
   *
   * @throws IllegalArgumentException when it is int8 and the model not quantized
   */
  public Classifier(Model model, Engine engine, Precision precision) {
    this.model = model;
    input = new float[Math.toIntExact(model.network().input().elements())];
    logits = new float[model.network().classes()];
    probabilities = new float[logits.length];
    plan = engine.compileInference(model.network(), 1, precision, model.quantization());
    plan.load(model.weights());
  }

  /**
   * Reads a model file, for the best engine of this machine, which loads meanwhile.
   *
   * @throws IOException when it is not a sound model file
   */
  public static Classifier load(Path modelFile) throws IOException {
    Engines.prepare();
    return new Classifier(ModelFile.read(modelFile), Engines.best());
  }

  public Model model() {
    return model;
  }

  /**
   * Classifies a PNG, JPEG, BMP or GIF file.
   *
   * @throws IOException when it cannot be read as an image, or has a side of one pixel
   */
  public Prediction predict(Path imageFile) throws IOException {
    DecodedImage image = ImageFiles.read(imageFile, model.preprocessing().channels());
    if (image.height() < 2 || image.width() < 2) {
      throw new IOException(
          imageFile
              + ": has "
              + image.width()
              + " x "
              + image.height()
              + " pixels, too few to show anything");
    }
    return predict(image.pixels(), image.channels(), image.height(), image.width());
  }

  /**
   * Classifies an image in memory.
   *
   * @param pixels (C, H, W) unsigned bytes
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @param height rows
   * @param width columns
   * @throws IllegalArgumentException when there are fewer pixels, or when the model's numbers lead
   *     to no probabilities
   */
  public synchronized Prediction predict(byte[] pixels, int channels, int height, int width) {
    classify(pixels, channels, height, width, probabilities);
    return Prediction.of(probabilities, model.classes());
  }

  /**
   * Classifies an image in memory into an array of the caller's: after the first image of a size,
   * nothing is allocated.
   *
   * @param pixels (C, H, W) unsigned bytes
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @param height rows
   * @param width columns
   * @param target receives the probability of each class, 0 to 1, in the order of the model's
   *     classes; may be longer
   * @return place of the most probable class
   * @throws IllegalArgumentException when there are fewer pixels, the target is too short, or the
   *     model's numbers lead to no probabilities
   */
  public synchronized int classify(
      byte[] pixels, int channels, int height, int width, float[] target) {
    if (pixels.length < (long) channels * height * width) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "an image of %dx%dx%d has %d bytes, but got %d",
              channels,
              height,
              width,
              (long) channels * height * width,
              pixels.length));
    }
    if (target.length < logits.length) {
      throw new IllegalArgumentException(
          "there are " + logits.length + " classes, but room for " + target.length);
    }
    if (transform == null || !transform.isOf(channels, height, width)) {
      transform = new ImageTransform(channels, height, width, model.preprocessing());
    }
    transform.apply(pixels, input, 0);
    plan.run(input, 1, logits);
    return Softmax.of(logits, target, logits.length);
  }

  @Override
  public synchronized void close() {
    plan.close();
  }
}
