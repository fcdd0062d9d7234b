package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.nin4j.data.Normalize;
import org.nin4j.data.Preprocessing;
import org.nin4j.engine.Quantization;
import org.nin4j.engine.Weights;
import org.nin4j.error.InvalidFileException;
import org.nin4j.nn.Network;
import org.nin4j.nn.Shape;
import org.nin4j.nn.Size2d;

/**
 * A model as far as a file says it; {@link ImportOptions} say the rest.
 *
 * @param network the architecture
 * @param weights its numbers; not copied
 * @param classes a name for each logit; empty where the file does not say
 * @param preprocessing how an image becomes the network's input; empty where the file does not say
 * @param provenance where the model comes from, by keys of a word
 * @param quantization how it computes in 8-bit integers; empty for a model that does not
 */
public record ImportedModel(
    Network network,
    Weights weights,
    Optional<List<String>> classes,
    Optional<Preprocessing> preprocessing,
    Map<String, String> provenance,
    Optional<Quantization> quantization) {
  /** The entry of the provenance that tells how tensors were assigned to parameters. */
  public static final String TENSORS = "tensors";

  /**
   * Returns a model that a file says completely.
   *
   * @param model the model
   * @return the model, with nothing left to say
   */
  public static ImportedModel of(Model model) {
    return new ImportedModel(
        model.network(),
        model.weights(),
        Optional.of(model.classes()),
        Optional.of(model.preprocessing()),
        model.provenance(),
        Optional.ofNullable(model.quantization()));
  }

  /**
   * Makes a model of a file's tensors. If its metadata are those of a model that this library has
   * written, they say everything, whatever the file's format. Otherwise the options have to say the
   * architecture, and the tensors are assigned to its parameters by name or else by order; the
   * provenance tells which.
   *
   * @param source an open file
   * @param options what the file does not say
   * @return the model
   * @throws org.nin4j.error.IncompleteFileException when neither says the architecture
   * @throws InvalidFileException when the tensors do not fit the architecture
   * @throws IllegalArgumentException when both say the architecture, or a name of a tensor in the
   *     options does not fit
   * @throws IOException when the file cannot be read
   */
  public static ImportedModel of(TensorSource source, ImportOptions options) throws IOException {
    if (ModelMetadata.areIn(source.metadata())) {
      return of(ModelFile.model(source));
    }
    Network network =
        options
            .network()
            .orElseThrow(() -> ModelPart.missing(source.file(), List.of(ModelPart.ARCHITECTURE)));
    TensorMatching matching = TensorMatching.of(source, network, options.tensorNames());
    return new ImportedModel(
        network,
        matching.read(source),
        Optional.empty(),
        Optional.empty(),
        Map.of(TENSORS, matching.how()),
        Optional.empty());
  }

  /**
   * Adds what the file does not say.
   *
   * @param file for messages
   * @param options the classes and the preprocessing, as far as the file has none
   * @return the whole model
   * @throws org.nin4j.error.IncompleteFileException when neither says the classes or the
   *     preprocessing
   * @throws InvalidFileException when the parts that the file says do not fit each other, or a
   *     weight is NaN or infinite
   * @throws IllegalArgumentException when both say something, or it does not fit
   */
  public Model complete(Path file, ImportOptions options) throws IOException {
    refuseRepetition(file, options);
    List<ModelPart> missing = options.unsaid();
    missing.remove(ModelPart.ARCHITECTURE);
    classes.ifPresent(said -> missing.remove(ModelPart.CLASSES));
    preprocessing.ifPresent(said -> missing.remove(ModelPart.PREPROCESSING));
    if (!missing.isEmpty()) {
      throw ModelPart.missing(file, missing);
    }
    Optional<String> flaw = weights.firstNonFinite();
    if (flaw.isPresent()) {
      throw new InvalidFileException(
          file, "weight " + flaw.get() + ", nothing to compute with; take another model", null);
    }
    try {
      return new Model(
          network,
          weights,
          classes.or(options::classes).orElseThrow(),
          preprocessing.orElseGet(() -> preprocessing(options)),
          provenance,
          quantization.orElse(null));
    } catch (IllegalArgumentException e) {
      if (options.equals(ImportOptions.none())) {
        throw new InvalidFileException(file, e.getMessage() + "; save the model again", e);
      }
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /**
   * Refuses options for what the file says itself.
   *
   * @throws IllegalArgumentException when there is one
   */
  void refuseRepetition(Path file, ImportOptions options) {
    boolean given = isFrom(options);
    if (!given && options.network().isPresent()) {
      throw ModelPart.ARCHITECTURE.repeated(file);
    }
    Size2d size = new Size2d(network.input().height(), network.input().width());
    if (options.inputSize().filter(asked -> !asked.equals(size)).isPresent()) {
      throw ModelPart.repeated(
          file, "that its input is " + size.height() + "x" + size.width(), "--input", "inputSize");
    }
    if (!given && !options.tensorNames().isEmpty()) {
      throw ModelPart.repeated(file, "which tensor is which parameter", "--map", "tensorNames");
    }
    if (classes.isPresent() && options.classes().isPresent()) {
      throw ModelPart.CLASSES.repeated(file);
    }
    if (preprocessing.isPresent() && options.normalization().isPresent()) {
      throw ModelPart.PREPROCESSING.repeated(file);
    }
    if (preprocessing.isPresent() && options.shorterSide().isPresent()) {
      throw ModelPart.repeated(file, "its preprocessing", "--crop", "shorterSide");
    }
  }

  /** Whether the network is the very one of the options, not an equal one of the file. */
  @SuppressWarnings("ReferenceEquality")
  private boolean isFrom(ImportOptions options) {
    return options.network().isPresent() && options.network().get() == network;
  }

  /** Returns what torchvision's Resize, CenterCrop, ToTensor and Normalize do. */
  private Preprocessing preprocessing(ImportOptions options) {
    Normalize normalize = options.normalization().orElseThrow();
    Shape input = network.input();
    if (normalize.mean().size() != input.channels()) {
      throw new IllegalArgumentException(
          "network '"
              + network.name()
              + "' takes "
              + TensorSearch.count(input.channels(), "channel")
              + ", but --mean and --std have "
              + TensorSearch.count(normalize.mean().size(), "value")
              + " (in Java: ImportOptions.normalization)");
    }
    Preprocessing resized =
        Preprocessing.unit(input.channels(), input.height(), input.width()).antialiased();
    OptionalInt side = options.shorterSide();
    int least = Math.max(input.height(), input.width());
    if (side.isPresent() && side.getAsInt() < least) {
      throw new IllegalArgumentException(
          "network '"
              + network.name()
              + "' takes the centre of "
              + input.height()
              + "x"
              + input.width()
              + " pixels, but the shorter side of images shall have "
              + side.getAsInt()
              + "; --crop must be at least "
              + least
              + " (in Java: ImportOptions.shorterSide)");
    }
    return (side.isPresent() ? resized.centerCropped(side.getAsInt()) : resized).then(normalize);
  }
}
