package org.nin4j.interchange.caffe;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.internal.Quoted;
import org.nin4j.io.ImportOptions;
import org.nin4j.io.ImportedModel;
import org.nin4j.nn.Network;
import org.nin4j.nn.Parameter;
import org.nin4j.nn.Shape;

/** One import of a model. */
final class CaffeImport {
  private final CaffeFiles files;
  private final ImportOptions options;
  private final CaffeWeights weights;
  private final ChannelOrder order;

  private CaffeImport(
      CaffeFiles files, ImportOptions options, CaffeWeights weights, ChannelOrder order) {
    this.files = files;
    this.options = options;
    this.weights = weights;
    this.order = order;
  }

  /**
   * Reads a model.
   *
   * @param file a definition or weights
   * @throws InvalidFileException when a file is damaged or holds what is not supported
   * @throws IllegalArgumentException when the options do not fit
   */
  static ImportedModel read(Path file, ImportOptions options) throws IOException {
    CaffeFiles files = CaffeFiles.of(file, options.definition());
    CaffeWeights weights = CaffeWeights.read(files.weights());
    ChannelOrder order = options.redFirst() ? ChannelOrder.RGB : ChannelOrder.BGR;
    return new CaffeImport(files, options, weights, order).read();
  }

  private ImportedModel read() throws IOException {
    CaffeMessage definition =
        files.definition().isPresent() ? Prototxt.read(files.definition().get()) : weights.net();
    NetBuilder.Built built;
    Optional<Preprocessing> preprocessing;
    try {
      CaffeNet net = CaffeNet.of(definition);
      Optional<Transform> own = net.dataLayer(net.firstBlob()).map(Transform::of);
      // A deploy.prototxt has no data layer; the network of the training, in the weights, may.
      Optional<Transform> transform =
          own.filter(Transform::normalizes).isPresent() ? own : ofTraining().or(() -> own);
      Optional<MeanImage> mean = mean(transform);
      Shape input =
          ImageInput.of(net, weights, own, own.equals(transform) ? mean : Optional.empty());
      built = NetBuilder.build(net, name(net), input);
      preprocessing =
          transform.filter(Transform::normalizes).isEmpty()
              ? Optional.empty()
              : preprocessing(
                  new CaffePreprocessing(transform.get(), mean, input, order),
                  own.equals(transform) ? files.defining() : weights.file());
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(files.defining(), e.getMessage(), e);
    }
    return new ImportedModel(
        built.network(),
        weights(built),
        Optional.empty(),
        preprocessing,
        Map.of(),
        Optional.empty());
  }

  private Optional<Transform> ofTraining() throws InvalidFileException {
    try {
      return CaffeLayer.of(weights.net()).stream()
          .filter(CaffeLayer::isData)
          .map(Transform::of)
          .filter(Transform::normalizes)
          .findFirst();
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(weights.file(), e.getMessage(), e);
    }
  }

  private Optional<MeanImage> mean(Optional<Transform> transform) throws IOException {
    Optional<String> file = transform.flatMap(Transform::meanFile);
    return file.isEmpty() ? Optional.empty() : MeanImage.find(file.get(), files.folders());
  }

  private String name(CaffeNet net) {
    return net.name().isEmpty() ? files.weights().getFileName().toString() : net.name();
  }

  /**
   * @param file the one whose data layer says how
   */
  private Optional<Preprocessing> preprocessing(CaffePreprocessing how, Path file)
      throws InvalidFileException {
    try {
      Optional<String> gap = how.gap();
      if (gap.isEmpty()) {
        return Optional.of(how.preprocessing());
      }
      if (options.normalization().isPresent()) {
        return Optional.empty(); // the options say all of it
      }
      throw how.transform().layer().defect(gap.get());
    } catch (IllegalArgumentException e) {
      throw new InvalidFileException(file, e.getMessage(), e);
    }
  }

  /** A layer's array of numbers in the file and in the network. */
  private record Assignment(Blob blob, String parameter) {
    long offset() {
      return blob.ranges().isEmpty() ? 0 : blob.ranges().get(0).offset();
    }
  }

  private Weights weights(NetBuilder.Built built) throws IOException {
    Network network = built.network();
    List<Assignment> assignments = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int i = 0; i < built.sources().size(); i++) {
      if (!network.layers().layers().get(i).parameters().isEmpty()) {
        CaffeLayer source = built.sources().get(i);
        if (!names.add(source.name())) {
          throw new InvalidFileException(
              files.defining(),
              "has two layers "
                  + Quoted.text(source.name())
                  + ", which would share their weights; give each its own name",
              null);
        }
        assign(built, i, assignments);
      }
    }
    // Only now: that the arrays have the sizes of those in the file bounds what they take.
    Weights all = Weights.zeros(network);
    if (!assignments.isEmpty()) {
      String first = assignments.get(0).parameter();
      assignments.sort(Comparator.comparingLong(Assignment::offset));
      try (BlobReader reader = new BlobReader(weights.file())) {
        for (Assignment assignment : assignments) {
          reader.read(assignment.blob(), all.values(assignment.parameter()));
        }
      }
      toRgb(network, first, all.values(first));
    }
    return all;
  }

  private void assign(NetBuilder.Built built, int index, List<Assignment> assignments)
      throws IOException {
    CaffeLayer source = built.sources().get(index);
    List<Blob> blobs = weights.of(source);
    List<Parameter> parameters = built.network().layers().layers().get(index).parameters();
    if (blobs.size() != parameters.size()) {
      throw new InvalidFileException(
          weights.file(),
          "holds "
              + (blobs.isEmpty() ? "no" : blobs.size())
              + " blobs for "
              + source
              + ", which needs "
              + parameters.size()
              + "; take the weights of this network",
          null);
    }
    for (int i = 0; i < blobs.size(); i++) {
      List<Integer> wanted = parameters.get(i).shape().dims();
      if (!blobs.get(i).hasShape(wanted)) {
        throw new InvalidFileException(
            weights.file(),
            "blob "
                + i
                + " of "
                + source
                + " is "
                + Blob.text(blobs.get(i).dims())
                + ", but the network needs "
                + Blob.text(wanted)
                + "; take the weights of this network",
            null);
      }
      assignments.add(new Assignment(blobs.get(i), index + "." + parameters.get(i).name()));
    }
  }

  /** Makes the first layer take red first. */
  private void toRgb(Network network, String parameter, float[] first) {
    int channels = network.input().channels();
    int outputs = network.parameters().get(network.parameterIndex(parameter)).shape().batch();
    order.toRgb(first, channels, first.length / outputs / channels);
  }
}
