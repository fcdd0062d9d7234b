package org.nin4j.interchange.caffe;

import java.util.List;
import java.util.Optional;
import org.nin4j.internal.Quoted;
import org.nin4j.nn.Shape;

/** Finds the size of the images that a network takes, which Caffe's files say in many ways. */
final class ImageInput {
  private static final int MOST_PIXELS = 1 << 14;

  private final CaffeNet net;
  private final Optional<Transform> transform;
  private final Optional<MeanImage> mean;

  /** Channels of the first layer's weights; 0 where they do not tell. */
  private final int weightChannels;

  private ImageInput(
      CaffeNet net, Optional<Transform> transform, Optional<MeanImage> mean, int weightChannels) {
    this.net = net;
    this.transform = transform;
    this.mean = mean;
    this.weightChannels = weightChannels;
  }

  /**
   * Returns the shape of a network's input, (1, C, H, W).
   *
   * @param transform of the data layer that the network begins with, if it does
   * @param mean the mean image of that layer, if it is known
   * @throws IllegalArgumentException when neither the network nor its weights say it
   */
  static Shape of(
      CaffeNet net, CaffeWeights weights, Optional<Transform> transform, Optional<MeanImage> mean) {
    return new ImageInput(net, transform, mean, channels(net, weights)).shape();
  }

  private static int channels(CaffeNet net, CaffeWeights weights) {
    for (CaffeLayer layer : net.layers()) {
      List<Blob> blobs = weights.of(layer);
      if (!blobs.isEmpty()) {
        List<Long> dims = blobs.get(0).dims();
        return layer.type().equals("Convolution") && dims.size() == 4 ? dims.get(1).intValue() : 0;
      }
    }
    return 0;
  }

  private Shape shape() {
    String blob = net.firstBlob();
    Optional<InputBlob> input =
        net.inputs().stream().filter(named -> named.name().equals(blob)).findFirst();
    if (input.isPresent()) {
      return of(blob, input.get().dims());
    }
    CaffeLayer layer =
        net.dataLayer(blob)
            .orElseThrow(
                () ->
                    net.layers()
                        .get(0)
                        .defect(
                            "takes "
                                + Quoted.text(blob)
                                + ", which no input and no supported layer of data (Data,"
                                + " ImageData, MemoryData, Input) gives"));
    return switch (layer.type()) {
      case "Input" -> ofInputLayer(layer, blob);
      case "MemoryData" -> ofMemory(layer);
      default -> ofImages(layer);
    };
  }

  private static Shape of(String blob, List<Long> dims) {
    if (dims.size() != 4) {
      throw new IllegalArgumentException(
          "has an input "
              + Quoted.text(blob)
              + " of shape "
              + Blob.text(dims)
              + "; only images, NxCxHxW, are supported");
    }
    return of(blob, dims.get(1), dims.get(2), dims.get(3));
  }

  private static Shape of(String blob, long channels, long height, long width) {
    for (long extent : new long[] {channels, height, width}) {
      if (extent < 1 || extent > MOST_PIXELS) {
        throw new IllegalArgumentException(
            "has an input "
                + Quoted.text(blob)
                + " of "
                + channels
                + "x"
                + height
                + "x"
                + width
                + ", which cannot be an image");
      }
    }
    return Shape.of(1, (int) channels, (int) height, (int) width);
  }

  private static Shape ofInputLayer(CaffeLayer layer, String blob) {
    List<CaffeMessage> shapes = layer.parameters().message("input_param").messages("shape");
    int index = shapes.size() == 1 ? 0 : layer.tops().indexOf(blob);
    if (index >= shapes.size()) {
      throw layer.defect("does not say its shape; add it to its input_param");
    }
    return of(blob, shapes.get(index).numbers("dim"));
  }

  private Shape ofMemory(CaffeLayer layer) {
    CaffeMessage memory = layer.parameters().message("memory_data_param");
    int crop = transform.map(Transform::crop).orElse(0);
    return of(
        layer.tops().get(0),
        memory.number("channels", 0),
        crop > 0 ? crop : memory.number("height", 0),
        crop > 0 ? crop : memory.number("width", 0));
  }

  private Shape ofImages(CaffeLayer layer) {
    Transform how = transform.orElseThrow();
    String blob = layer.tops().get(0);
    int channels = mean.map(MeanImage::channels).orElse(weightChannels);
    if (channels == 0) {
      throw layer.defect("does not say how many channels images have; " + remedy());
    }
    if (how.crop() > 0) {
      return of(blob, channels, how.crop(), how.crop());
    }
    if (how.height() > 0 && how.width() > 0) {
      return of(blob, channels, how.height(), how.width());
    }
    if (mean.isPresent()) {
      return of(blob, channels, mean.get().height(), mean.get().width());
    }
    throw layer.defect(
        how.meanFile().isPresent()
            ? "says the size of images only by its mean image "
                + how.quotedMeanFile()
                + "; put that beside the file, or "
                + remedy()
            : "does not say the size of images; " + remedy());
  }

  private static String remedy() {
    return "give a definition that says it, such as a deploy.prototxt, with --prototxt"
        + " (ImportOptions.definition in Java)";
  }
}
