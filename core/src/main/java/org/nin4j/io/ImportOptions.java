package org.nin4j.io;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.nin4j.data.Normalize;
import org.nin4j.nn.Network;

/**
 * What the user of a model file has to say because the file does not: a foreign file holds no
 * classes and no preprocessing, and often no architecture. Nothing of it is guessed, and what a
 * file says itself cannot be said again.
 *
 * <pre>{@code
 * ImportOptions options =
 *     ImportOptions.none()
 *         .network(Networks.NIN_CIFAR10.build())
 *         .classes(List.of("airplane", "automobile", ...))
 *         .normalization(new Normalize(List.of(0.49f, 0.48f, 0.45f), List.of(0.25f, 0.24f, 0.26f)));
 * Model model = Models.read(Path.of("nin.pt"), options);
 * }</pre>
 *
 * @param network the architecture, for files that only hold tensors
 * @param classes a name for each logit
 * @param normalization mean and standard deviation of each channel, in units of [0, 1], as the
 *     images were normalized in training
 * @param shorterSide the length of the images' shorter side, in pixels, before their centre is
 *     cropped; without it, images are resized to the network's input whatever their aspect ratio
 * @param tensorNames the name of the file's tensor for a parameter's name; where it is empty,
 *     tensors are found by name, or else by order
 * @param definition the file that holds the architecture where it is not in the same file as the
 *     weights: Caffe's prototxt
 * @param redFirst for Caffe alone: whether the network was trained on images with red first, as
 *     Caffe's converter of CIFAR leaves them, and not with blue first, as its other tools make them
 */
public record ImportOptions(
    Optional<Network> network,
    Optional<List<String>> classes,
    Optional<Normalize> normalization,
    OptionalInt shorterSide,
    Map<String, String> tensorNames,
    Optional<Path> definition,
    boolean redFirst) {

  private static final ImportOptions NONE =
      new ImportOptions(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Map.of(),
          Optional.empty(),
          false);

  /**
   * Copies list and map.
   *
   * @param network the architecture
   * @param classes a name for each logit
   * @param normalization mean and standard deviation of each channel
   * @param shorterSide the length of the images' shorter side before cropping
   * @param tensorNames the name of the file's tensor for a parameter's name
   * @param definition the file that holds the architecture
   * @param redFirst whether a network of Caffe was trained on images with red first
   */
  public ImportOptions {
    classes = classes.map(List::copyOf);
    tensorNames = Collections.unmodifiableMap(new LinkedHashMap<>(tensorNames));
  }

  /** {@return options that say nothing, for files that say all themselves} */
  public static ImportOptions none() {
    return NONE;
  }

  /** Returns what these options do not say. */
  List<ModelPart> unsaid() {
    List<ModelPart> parts = new ArrayList<>(List.of(ModelPart.values()));
    network.ifPresent(given -> parts.remove(ModelPart.ARCHITECTURE));
    classes.ifPresent(given -> parts.remove(ModelPart.CLASSES));
    normalization.ifPresent(given -> parts.remove(ModelPart.PREPROCESSING));
    return parts;
  }

  /**
   * Returns these options with an architecture.
   *
   * @param net the architecture
   * @return the changed options
   */
  public ImportOptions network(Network net) {
    return new ImportOptions(
        Optional.of(net), classes, normalization, shorterSide, tensorNames, definition, redFirst);
  }

  /**
   * Returns these options with names of the classes.
   *
   * @param names a name for each logit
   * @return the changed options
   */
  public ImportOptions classes(List<String> names) {
    return new ImportOptions(
        network, Optional.of(names), normalization, shorterSide, tensorNames, definition, redFirst);
  }

  /**
   * Returns these options with a normalization.
   *
   * @param meanAndStd mean and standard deviation of each channel, in units of [0, 1]
   * @return the changed options
   */
  public ImportOptions normalization(Normalize meanAndStd) {
    return new ImportOptions(
        network, classes, Optional.of(meanAndStd), shorterSide, tensorNames, definition, redFirst);
  }

  /**
   * Returns these options with images that keep their aspect ratio and are centre-cropped.
   *
   * @param length the length of the shorter side before cropping, in pixels
   * @return the changed options
   */
  public ImportOptions shorterSide(int length) {
    return new ImportOptions(
        network, classes, normalization, OptionalInt.of(length), tensorNames, definition, redFirst);
  }

  /**
   * Returns these options with names of tensors.
   *
   * @param byParameter the name of the file's tensor for each parameter's name
   * @return the changed options
   */
  public ImportOptions tensorNames(Map<String, String> byParameter) {
    return new ImportOptions(
        network, classes, normalization, shorterSide, byParameter, definition, redFirst);
  }

  /**
   * Returns these options with the file that holds the architecture.
   *
   * @param file Caffe's prototxt
   * @return the changed options
   */
  public ImportOptions definition(Path file) {
    return new ImportOptions(
        network, classes, normalization, shorterSide, tensorNames, Optional.of(file), redFirst);
  }

  /**
   * Returns these options for a network of Caffe that was trained on images with red or blue first.
   *
   * @param isRed true for red, green, blue; false for blue, green, red, Caffe's usual order
   * @return the changed options
   */
  public ImportOptions redFirst(boolean isRed) {
    return new ImportOptions(
        network, classes, normalization, shorterSide, tensorNames, definition, isRed);
  }
}
