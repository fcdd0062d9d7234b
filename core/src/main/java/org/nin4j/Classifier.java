package org.nin4j;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageFiles;
import org.nin4j.engine.Engine;
import org.nin4j.engine.InferenceReplicas;
import org.nin4j.engine.PlanSpec;
import org.nin4j.error.ClosedException;
import org.nin4j.error.InvalidFileException;
import org.nin4j.error.InvalidModelException;
import org.nin4j.internal.Pool;
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
 * <p>Any number of threads may share it: as many images are classified at the same time as there
 * are replicas, each on one thread, and further callers wait. What comes out for an image is the
 * same bits whatever else is classified, on whichever replica. Replicas share the weights; each has
 * its own native memory for activations, until the classifier is closed.
 *
 * <p>Once it is closed, every call and every thread that waits gets a {@link ClosedException}; what
 * is under way is finished. A thread that is interrupted while it waits for a replica gets a {@link
 * java.util.concurrent.CancellationException} and stays interrupted.
 */
public final class Classifier implements AutoCloseable {
  /** Images that may wait after {@link #submit}. */
  public static final int QUEUE = 1000;

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
    queue = new ImageQueue(QUEUE, count, this::predict);
  }

  /**
   * Reads a model file, for the best engine of this machine, which loads meanwhile.
   *
   * @param modelFile as {@link ModelFile#write} writes it
   * @throws InvalidFileException when it is not a sound model file
   * @throws IOException when it is missing or cannot be read
   */
  public static Classifier load(Path modelFile) throws IOException {
    Engines.prepare();
    return of(ModelFile.read(modelFile));
  }

  /**
   * Makes a classifier with the builder's defaults.
   *
   * @param model its weights are copied
   */
  public static Classifier of(Model model) {
    return builder(model).build();
  }

  /**
   * Begins a classifier with options.
   *
   * @param model its weights are copied by {@link ClassifierBuilder#build}
   */
  public static ClassifierBuilder builder(Model model) {
    return new ClassifierBuilder(model);
  }

  /** The model that it was made of. */
  public Model model() {
    return model;
  }

  /**
   * Classifies a PNG, JPEG, BMP or GIF file.
   *
   * @param imageFile of at most 64 million pixels
   * @throws InvalidFileException when it is not an image, is damaged, or has a side of one pixel
   * @throws IOException when it is missing or cannot be read
   * @throws InvalidModelException when the model's weights lead to no probabilities
   * @throws ClosedException when this has been closed, also while the thread waits
   */
  public Prediction predict(Path imageFile) throws IOException {
    DecodedImage image = ImageFiles.read(imageFile, model.preprocessing().channels());
    if (image.height() < 2 || image.width() < 2) {
      throw new InvalidFileException(
          imageFile,
          "has " + image.width() + " x " + image.height() + " pixels, too few to show anything",
          null);
    }
    return predict(image);
  }

  /**
   * Classifies an image in memory.
   *
   * @param image of any size; it is scaled to the network's
   * @throws InvalidModelException when the model's weights lead to no probabilities
   * @throws ClosedException when this has been closed, also while the thread waits
   */
  public Prediction predict(DecodedImage image) {
    return predict(image.pixels(), image.channels(), image.height(), image.width());
  }

  /**
   * Classifies an image in memory.
   *
   * @param pixels (C, H, W) unsigned bytes
   * @param channels 1 (grey) or 3 (red, green, blue)
   * @param height rows
   * @param width columns
   * @throws IllegalArgumentException when there are fewer pixels
   * @throws InvalidModelException when the model's weights lead to no probabilities
   * @throws ClosedException when this has been closed, also while the thread waits
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
   * Classifies images on all replicas, and on the calling thread meanwhile.
   *
   * @param images of any size
   * @return in the order of the images
   * @throws InvalidModelException when the model's weights lead to no probabilities
   * @throws ClosedException when this has been closed, also while it classifies
   */
  public List<Prediction> predict(List<DecodedImage> images) {
    return queue.all(images);
  }

  /**
   * Classifies an image on another thread. A future that is cancelled while it waits costs nothing.
   *
   * @param image of any size; not to be changed until the future is completed
   * @return completed with what {@link #predict} returns or throws; with a {@link ClosedException}
   *     when the classifier is closed before
   * @throws RejectedExecutionException when {@link #QUEUE} images wait already
   * @throws ClosedException when the classifier has been closed
   */
  public CompletableFuture<Prediction> submit(DecodedImage image) {
    return queue.submit(image);
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
   * @return index of the most probable class
   * @throws IllegalArgumentException when there are fewer pixels, or the target is too short
   * @throws InvalidModelException when the model's weights lead to no probabilities
   * @throws ClosedException when this has been closed, also while the thread waits
   */
  public int classify(byte[] pixels, int channels, int height, int width, float[] target) {
    requirePixels(pixels, channels, height, width);
    if (target.length < model.classes().size()) {
      throw new IllegalArgumentException(
          "there are " + model.classes().size() + " classes, but room for " + target.length);
    }
    ClassificationScratch own = scratch.take();
    try {
      return own.classify(replicas, pixels, channels, height, width, target);
    } finally {
      scratch.give(own);
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

  /** Images that wait get a {@link ClosedException}; those under way are finished. */
  @Override
  public void close() {
    queue.close();
    scratch.close();
    replicas.close();
  }
}
