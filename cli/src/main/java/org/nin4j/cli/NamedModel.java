package org.nin4j.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.nin4j.internal.Quoted;
import org.nin4j.server.model.ModelRepository;
import picocli.CommandLine.TypeConversionException;

/**
 * A model to serve and the name to serve it by.
 *
 * @param name the name in the server's paths
 * @param model what to read
 */
record NamedModel(String name, ModelChoice model) {
  /** What an option calls its value. */
  static final String LABEL = "[NAME=]MODEL";

  private static final Pattern NAMED = Pattern.compile("([^=/\\\\]*)=(.+)");

  /** Reads {@code NAME=FILE}, or a file whose own name becomes the model's. */
  static NamedModel of(String text) {
    Optional<String> name = name(text);
    if (name.isEmpty()) {
      ModelChoice model = ModelChoice.of(text);
      return new NamedModel(nameOf(model), model);
    }
    if (!ModelRepository.isName(name.get())) {
      throw new TypeConversionException(
          Quoted.text(name.get())
              + " cannot be the name of a model; use letters, digits, '.', '-' and '_'");
    }
    return new NamedModel(name.get(), ModelChoice.of(text.substring(name.get().length() + 1)));
  }

  /** Returns what stands before an equals sign, unless that belongs to the name of a file. */
  private static Optional<String> name(String text) {
    Matcher matcher = NAMED.matcher(text);
    return matcher.matches() && !Files.exists(OptionConverters.path(text))
        ? Optional.of(matcher.group(1))
        : Optional.empty();
  }

  /**
   * Returns the name of the file without its extension; of a folder, or of nin's own models, all.
   */
  private static String nameOf(ModelChoice model) {
    Path file = Path.of(model.name()).toAbsolutePath().normalize();
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot > 0 && !Files.isDirectory(file) ? name.substring(0, dot) : name;
    String valid = stem.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[._-]+", "");
    return valid.isEmpty() ? "model" : valid.substring(0, Math.min(valid.length(), 100));
  }

  /**
   * Checks that each model has a name of its own.
   *
   * @throws UsageException when two have the same
   */
  static void requireDifferentNames(List<NamedModel> models) {
    TreeMap<String, NamedModel> byName = new TreeMap<>();
    for (NamedModel each : models) {
      NamedModel other = byName.put(each.name, each);
      if (other != null) {
        throw new UsageException(
            "--model: "
                + other.model
                + " and "
                + each.model
                + " would both be named "
                + each.name
                + "; name one of them, as in --model "
                + each.name
                + "-2="
                + each.model);
      }
    }
  }
}
