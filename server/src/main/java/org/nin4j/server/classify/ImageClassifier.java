package org.nin4j.server.classify;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.nin4j.data.DecodedImage;
import org.nin4j.data.ImageFiles;
import org.nin4j.data.ImageHeader;
import org.nin4j.error.InvalidFileException;
import org.nin4j.error.InvalidModelException;
import org.nin4j.server.classify.ClassifiedImage.ClassProbability;
import org.nin4j.server.http.HttpError;
import org.nin4j.server.model.LoadedModel;

/**
 * Decodes and classifies the images of one request, one after another on the thread that calls.
 * What is too large is refused after its header has been read.
 */
final class ImageClassifier {
  /** The longest side: more would make long arrays for resizing of an image of few pixels. */
  static final int LONGEST_SIDE = 65_535;

  /** All images of a request may have so many times the pixels of the largest image. */
  static final int IMAGES_OF_LARGEST = 4;

  private final LoadedModel model;
  private final ClassifyOptions options;
  private final long maxPixels;
  private final DecodingMemory memory;
  private final int channels;
  private final float[] probabilities; // (classes)
  private long pixels;

  /**
   * @param maxPixels of one image
   * @param memory for all images that are decoded at the same time
   */
  ImageClassifier(
      LoadedModel model, ClassifyOptions options, long maxPixels, DecodingMemory memory) {
    this.model = model;
    this.options = options;
    this.maxPixels = maxPixels;
    this.memory = memory;
    channels = model.source().model().preprocessing().channels();
    probabilities = new float[model.source().model().classes().size()];
  }

  /**
   * Classifies an image.
   *
   * @throws HttpError what the client did wrong or has to wait for, in a sentence about "the image"
   */
  ClassifiedImage classify(byte[] content) throws HttpError {
    try {
      ImageHeader header = ImageFiles.header(content);
      check(header);
      long bytes = header.decodingBytes(channels);
      memory.take(bytes);
      try {
        return classify(ImageFiles.read(content, channels, maxPixels));
      } finally {
        memory.give(bytes);
      }
    } catch (InvalidFileException e) {
      throw HttpError.badRequest(sentence(e));
    } catch (IOException | OutOfMemoryError e) { // the only failure of reading from memory
      throw HttpError.noMemory("the image");
    } catch (InvalidModelException e) {
      throw HttpError.internal(e.getMessage());
    }
  }

  private void check(ImageHeader header) throws HttpError {
    if (header.pixels() > maxPixels) {
      throw tooLarge(header, "more than " + maxPixels + " pixels are not read");
    }
    if (Math.max(header.width(), header.height()) > LONGEST_SIDE) {
      throw tooLarge(header, "a side of more than " + LONGEST_SIDE + " is not read");
    }
    pixels += header.pixels();
    if (pixels > IMAGES_OF_LARGEST * maxPixels) {
      throw tooLarge(
          header,
          "with those before it that is more than "
              + IMAGES_OF_LARGEST * maxPixels
              + ", the most that a request may have; send fewer images at a time");
    }
    if (Math.min(header.width(), header.height()) < 2) {
      throw HttpError.badRequest(
          String.format(
              Locale.ROOT,
              "the image has %d x %d pixels, too few to show anything",
              header.width(),
              header.height()));
    }
  }

  private static HttpError tooLarge(ImageHeader header, String why) {
    return HttpError.tooLarge(
        String.format(
            Locale.ROOT, "the image has %d x %d pixels; %s", header.width(), header.height(), why));
  }

  private static String sentence(InvalidFileException e) {
    String complaint = e.getMessage().substring(e.source().length() + ": ".length());
    return complaint.startsWith("the image ") ? complaint : "the image " + complaint;
  }

  private ClassifiedImage classify(DecodedImage image) {
    model
        .classifier()
        .classify(image.pixels(), image.channels(), image.height(), image.width(), probabilities);
    List<ClassProbability> classes = mostProbable();
    return new ClassifiedImage(image.width(), image.height(), classes, maps(image, classes));
  }

  /** The most probable classes; of equals the first comes first, as in all rankings. */
  private List<ClassProbability> mostProbable() {
    List<String> labels = model.source().model().classes();
    List<ClassProbability> ranking = new ArrayList<>();
    for (int c = 0; c < probabilities.length; c++) {
      ranking.add(new ClassProbability(labels.get(c), c, probabilities[c]));
    }
    ranking.sort(Comparator.comparing(ClassProbability::probability).reversed());
    return ranking.subList(0, Math.min(options.top(), ranking.size()));
  }

  private Optional<MapsOfImage> maps(DecodedImage image, List<ClassProbability> classes) {
    List<Integer> indexes =
        switch (options.maps()) {
          case FALSE -> List.of();
          case TOP -> classes.stream().map(ClassProbability::index).toList();
          case TRUE -> IntStream.range(0, probabilities.length).boxed().toList();
        };
    return indexes.isEmpty()
        ? Optional.empty()
        : model.explain(explainer -> MapsOfImage.of(explainer, image, indexes));
  }
}
