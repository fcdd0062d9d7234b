package org.nin4j.io;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
   * written, they say everything, whatever the file's format. Otherwise the options have to name
   * the architecture, and the tensors are assigned to its parameters by name or else by order.
   *
   * @param source an open file
   * @param options what the file does not say
   * @return the model
   * @throws InvalidFileException when neither names the architecture, the tensors do not fit the
   *     architecture, or a weight is NaN or infinite
   * @throws IllegalArgumentException when both name the architecture
   * @throws IOException when the file cannot be read
   */
  public static ImportedModel of(TensorSource source, ImportOptions options) throws IOException {
    if (ModelMetadata.areIn(source.metadata())) {
      if (options.network().isPresent()) {
        throw said(source.file(), "its architecture", "--net");
      }
      if (!options.tensorNames().isEmpty()) {
        throw said(source.file(), "the names of its tensors", "--map");
      }
      return of(ModelFile.model(source));
    }
    if (options.network().isEmpty()) {
      throw new InvalidFileException(
          source.file(),
          "holds tensors but no architecture; name it with --net (ImportOptions.network in Java)",
          null);
    }
    Network network = options.network().get();
    Weights weights = new TensorMatching(source, network, options.tensorNames()).weights();
    return new ImportedModel(
        network, weights, Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
  }

  private static IllegalArgumentException said(Path file, String what, String option) {
    return new IllegalArgumentException(
        file + ": the file itself says " + what + "; leave out " + option);
  }

  /**
   * Adds what the file does not say.
   *
   * @param file for messages
   * @param options the classes and the preprocessing, as far as the file has none
   * @return the whole model
   * @throws InvalidFileException when neither says the classes or the preprocessing, or a weight is
   *     NaN or infinite
   * @throws IllegalArgumentException when both say something, or it does not fit
   */
  public Model complete(Path file, ImportOptions options) throws IOException {
    List<String> names = classes(file, options);
    Preprocessing pixels = preprocessing(file, options);
    Optional<String> flaw = weights.firstNonFinite();
    if (flaw.isPresent()) {
      throw new InvalidFileException(
          file, "weight " + flaw.get() + ", nothing to compute with; take another model", null);
    }
    try {
      return new Model(network, weights, names, pixels, provenance, quantization.orElse(null));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private List<String> classes(Path file, ImportOptions options) throws InvalidFileException {
    if (classes.isPresent() && options.classes().isPresent()) {
      throw said(file, "its classes", "--classes");
    }
    return classes.or(options::classes).orElseThrow(() -> unsaid(file, options));
  }

  private Preprocessing preprocessing(Path file, ImportOptions options)
      throws InvalidFileException {
    if (preprocessing.isPresent()
        && (options.normalization().isPresent() || options.shorterSide().isPresent())) {
      throw said(file, "its preprocessing", "--mean, --std and --crop");
    }
    if (preprocessing.isPresent()) {
      return preprocessing.get();
    }
    if (options.normalization().isEmpty()) {
      throw unsaid(file, options);
    }
    Normalize normalize = options.normalization().get();
    Shape input = network.input();
    if (normalize.mean().size() != input.channels()) {
      throw new IllegalArgumentException(
          file
              + ": its network takes "
              + input.channels()
              + (input.channels() == 1 ? " channel" : " channels")
              + ", but --mean and --std have "
              + normalize.mean().size()
              + (normalize.mean().size() == 1 ? " value" : " values"));
    }
    Preprocessing resized =
        Preprocessing.unit(input.channels(), input.height(), input.width()).antialiased();
    OptionalInt side = options.shorterSide();
    return (side.isPresent() ? resized.centerCropped(side.getAsInt()) : resized).then(normalize);
  }

  /** What is missing, all of it at once. */
  private InvalidFileException unsaid(Path file, ImportOptions options) {
    List<String> missing = new ArrayList<>();
    if (classes.or(options::classes).isEmpty()) {
      missing.add("--classes");
    }
    if (preprocessing.isEmpty() && options.normalization().isEmpty()) {
      missing.add("--mean");
      missing.add("--std");
    }
    String last = missing.get(missing.size() - 1);
    String list =
        missing.size() == 1
            ? last
            : String.join(", ", missing.subList(0, missing.size() - 1)) + " and " + last;
    return new InvalidFileException(
        file,
        "does not say all that is needed to use the model; add "
            + list
            + " as they were in training (ImportOptions in Java)",
        null);
  }
}
