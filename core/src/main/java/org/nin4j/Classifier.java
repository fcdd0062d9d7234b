package org.nin4j;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageFiles;
import org.nin4j.engine.Engine;
import org.nin4j.engine.PlanSpec;
import org.nin4j.engine.internal.InferenceReplicas;
import org.nin4j.error.ClosedException;
import org.nin4j.error.InvalidFileException;
import org.nin4j.error.InvalidModelException;
import org.nin4j.internal.Pool;
import org.nin4j.io.Model;
import org.nin4j.io.Models;

/**
 * Classifies images with a model.
 *
 * <pre>{@code
 * try (Classifier classifier = Classifier.load(Path.of("model.safetensors"))) {
 * System.out.println(classifier.predict(Path.of("boot.png")).label());
 * }
 * }</pre>
 *
 * <p>A classifier may be shared by any number of threads. It classifies as many images at the same
 * time as it has replicas, each on one thread unless the builder says otherwise; further callers
 * wait. The result for an image has the same bits on every replica, whatever else is classified.
 * Replicas share the weights; each has native memory of its own for activations, which is freed
 * when the classifier is closed.
 *
 * <p>Once the classifier is closed, every call and every waiting thread gets a {@link
 * ClosedException}; images that are being classified are finished. A thread that is interrupted
 * while it waits for a replica gets a {@link java.util.concurrent.CancellationException} and stays
 * interrupted.
 */
public final class Classifier implements AutoCloseable {
  /** The most images that may wait after {@link #submit}. */
  public static final int QUEUE_CAPACITY = 1000;

  private final Model model;
  private final InferenceReplicas replicas;
  private final Pool<ClassificationScratch> scratch;
  private final ImageQueue queue;

  /**
   * @param spec of one image
   * @param count how many replicas
   */
  Classifier(Model model, Engine engine, PlanSpec spec, int count) {
    this.model = model;
    replicas = new InferenceReplicas(engine, spec, count);
    try {
      replicas.load(model.weights());
    } catch (RuntimeException | Error e) {
      replicas.close();
      throw e;
    }
    scratch =
        new Pool<>(count, "the classifier has been closed", () -> new ClassificationScratch(model));
    queue = new ImageQueue(QUEUE_CAPACITY, count, this::predict);
  }

  /**
   * Reads a model file and makes a classifier with the builder's defaults. The best engine of this
   * machine is loaded while the file is read.
   *
   * <p>A file of another program does not say its classes and preprocessing; options do: {@code
   * Classifier.of(Models.read(modelFile, options))}.
   *
   * @param modelFile a file that this library has written, in any format that {@link Models} reads
   * @return a classifier, which the caller closes
   * @throws InvalidFileException when the file is not a sound model file, or does not say all of
   *     its model
   * @throws IOException when the file is missing or cannot be read
   */
  public static Classifier load(Path modelFile) throws IOException {
    Engines.prepare();
    return of(Models.read(modelFile));
  }

  /**
   * Makes a classifier with the builder's defaults.
   *
   * @param model the model that classifies
   * @return a classifier, which the caller closes
   */
  public static Classifier of(Model model) {
    return builder(model).build();
  }

  /**
   * Begins to make a classifier with options.
   *
   * @param model the model that classifies
   * @return a builder with the defaults
   */
  public static ClassifierBuilder builder(Model model) {
    return new ClassifierBuilder(model);
  }

  /** {@return the model that classifies} */
  public Model model() {
    return model;
  }

  /**
   * Classifies an image file.
   *
   * @param imageFile an image file in a format that {@link ImageFiles} reads, of at least 2 x 2
   *     pixels
   * @return all classes, the most probable first
   * @throws InvalidFileException when the file is not a sound image, or has a side of one pixel
   * @throws IOException when the file is missing or cannot be read
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   * @throws ClosedException when the classifier has been closed, also while the thread waits
   */
  public Prediction predict(Path imageFile) throws IOException {
    DecodedImage image = ImageFiles.read(imageFile, model.preprocessing().channels());
    if (showsNothing(image)) {
      throw new InvalidFileException(imageFile, complaint(image), null);
    }
    return predict(image);
  }

  /**
   * Classifies an image from a stream, such as an upload. Messages call it "the stream".
   *
   * @param imageStream the bytes of an image file, as for {@link #predict(Path)}; they are read to
   *     their end, and the stream is not closed
   * @return all classes, the most probable first
   * @throws InvalidFileException when the stream is not a sound image, or has a side of one pixel
   * @throws IOException when the stream cannot be read
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   * @throws ClosedException when the classifier has been closed, also while the thread waits
   */
  public Prediction predict(InputStream imageStream) throws IOException {
    DecodedImage image = ImageFiles.read(imageStream, model.preprocessing().channels());
    if (showsNothing(image)) {
      throw InvalidFileException.in("the stream", OptionalLong.empty(), complaint(image), null);
    }
    return predict(image);
  }

  private static boolean showsNothing(DecodedImage image) {
    return image.height() < 2 || image.width() < 2;
  }

  private static String complaint(DecodedImage image) {
    return "has " + image.width() + " x " + image.height() + " pixels, too few to show anything";
  }

  /**
   * Classifies a picture in memory.
   *
   * @param image a picture of any type and size, as {@link DecodedImage#of} converts it
   * @return all classes, the most probable first
   * @throws IllegalArgumentException when the picture has more than 64 million pixels
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   * @throws ClosedException when the classifier has been closed, also while the thread waits
   */
  public Prediction predict(BufferedImage image) {
    return predict(DecodedImage.of(image, model.preprocessing().channels()));
  }

  /**
   * Classifies an image in memory.
   *
   * @param image of any size; it is resized as the model's preprocessing says
   * @return all classes, the most probable first
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   * @throws ClosedException when the classifier has been closed, also while the thread waits
   */
  public Prediction predict(DecodedImage image) {
    return predict(image.pixels(), image.channels(), image.height(), image.width());
  }

  /**
   * Classifies an image in memory.
   *
   * @param pixels (C, H, W) unsigned bytes
   * @param channels C: 1 (grey) or 3 (red, green, blue)
   * @param height H, in pixels
   * @param width W, in pixels
   * @return all classes, the most probable first
   * @throws IllegalArgumentException when the array has fewer than C x H x W pixels
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   * @throws ClosedException when the classifier has been closed, also while the thread waits
   */
  public Prediction predict(byte[] pixels, int channels, int height, int width) {
    requirePixels(pixels, channels, height, width);
    ClassificationScratch own = scratch.take();
    try {
      own.classify(replicas, pixels, channels, height, width, own.probabilities());
      return Prediction.of(own.probabilities(), model.classes());
    } finally {
      scratch.give(own);
    }
  }

  /**
   * Classifies images on all replicas. The calling thread takes part.
   *
   * @param images of any sizes
   * @return one prediction for each image, in the order of the images
   * @throws InvalidModelException when the model computes NaN or infinity for an image
   * @throws ClosedException when the classifier has been closed, also while the thread waits
   */
  public List<Prediction> predict(List<DecodedImage> images) {
    return queue.all(images);
  }

  /**
   * Classifies an image on another thread. A future that is cancelled before a thread takes its
   * image is never computed.
   *
   * @param image of any size; it is resized as the model's preprocessing says
   * @return completed with the prediction, or with the exception that {@link
   *     #predict(DecodedImage)} throws, or with a {@link ClosedException} when the classifier is
   *     closed before a thread takes the image
   * @throws RejectedExecutionException when {@link #QUEUE_CAPACITY} images wait already
   * @throws ClosedException when the classifier has been closed
   */
  public CompletableFuture<Prediction> submit(DecodedImage image) {
    return queue.submit(image);
  }

  /**
   * Classifies an image in memory and writes the probabilities into an array of the caller's. After
   * the first image of a size, nothing is allocated.
   *
   * @param pixels (C, H, W) unsigned bytes
   * @param channels C: 1 (grey) or 3 (red, green, blue)
   * @param height H, in pixels
   * @param width W, in pixels
   * @param target receives the probability of each class, 0 to 1, in the order of the model's
   *     classes; it may be longer
   * @return the index of the most probable class
   * @throws IllegalArgumentException when the array has fewer than C x H x W pixels, or when the
   *     target is too short
   * @throws InvalidModelException when the model computes NaN or infinity for the image
   * @throws ClosedException when the classifier has been closed, also while the thread waits
   */
  public int classify(byte[] pixels, int channels, int height, int width, float[] target) {
    requirePixels(pixels, channels, height, width);
    requireRoom(target.length);
    ClassificationScratch own = scratch.take();
    try {
      return own.classify(replicas, pixels, channels, height, width, target);
    } finally {
      scratch.give(own);
    }
  }

  /**
   * Computes the logits of an image in memory: what {@link #classify} computes before the softmax.
   *
   * @param pixels (C, H, W) unsigned bytes
   * @param channels C: 1 (grey) or 3 (red, green, blue)
   * @param height H, in pixels
   * @param width W, in pixels
   * @param target receives the logit of each class, in the order of the model's classes; it may be
   *     longer
   * @throws IllegalArgumentException when the array has fewer than C x H x W pixels, or when the
   *     target is too short
   * @throws ClosedException when the classifier has been closed, also while the thread waits
   */
  public void logits(byte[] pixels, int channels, int height, int width, float[] target) {
    requirePixels(pixels, channels, height, width);
    requireRoom(target.length);
    ClassificationScratch own = scratch.take();
    try {
      own.logits(replicas, pixels, channels, height, width, target);
    } finally {
      scratch.give(own);
    }
  }

  /**
   * Computes the logits of an image that was preprocessed already. {@link TensorInference} computes
   * many at once.
   *
   * @param input holds (C, H, W) floats, preprocessed as the model's training images were
   * @param offset where in the input they begin
   * @param target receives the logit of each class, in the order of the model's classes. An image
   *     with a NaN or an infinity never leads to ordinary logits
   * @param targetOffset where in the target they begin
   * @throws IllegalArgumentException when the input ends before the image, or the target before the
   *     logits
   * @throws ClosedException when the classifier has been closed, also while the thread waits
   */
  public void logits(float[] input, int offset, float[] target, int targetOffset) {
    requireRoom(target.length - targetOffset);
    replicas.run(input, offset, 1, target, targetOffset);
  }

  /**
   * Compiles all replicas and runs each once, so that the first images do not wait for that. To be
   * called before the classifier is used; otherwise each replica is compiled when it is needed.
   *
   * @throws org.nin4j.engine.EngineException when memory does not suffice
   * @throws ClosedException when the classifier has been closed
   */
  public void compileReplicas() {
    replicas.compileAll();
  }

  /** {@return how many images are classified at the same time} */
  public int replicas() {
    return replicas.count();
  }

  private void requireRoom(int room) {
    if (room < model.classes().size()) {
      throw new IllegalArgumentException(
          "there are " + model.classes().size() + " classes, but room for " + room);
    }
  }

  private static void requirePixels(byte[] pixels, int channels, int height, int width) {
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
  }

  /**
   * Closes the classifier and frees its memory. Images that wait get a {@link ClosedException};
   * images that are being classified are finished. Closing twice does nothing.
   */
  @Override
  public void close() {
    queue.close();
    scratch.close();
    replicas.close();
  }
}
