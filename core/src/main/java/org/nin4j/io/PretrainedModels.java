package org.nin4j.io;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.nin4j.internal.Suggestion;

/**
 * The trained models that are part of this library. They are the resources {@code
 * org/nin4j/pretrained/NAME.safetensors}, and {@code names.txt} beside them lists their names, one
 * on each line.
 */
public final class PretrainedModels {
  private static final String FOLDER = "/org/nin4j/pretrained/";
  private static final String LIST = FOLDER + "names.txt";

  private final Function<String, InputStream> resources;

  /**
   * @param resources opens a resource, or returns null when there is none
   */
  PretrainedModels(Function<String, InputStream> resources) {
    this.resources = resources;
  }

  /** Returns the models in this library's own resources. */
  static PretrainedModels shipped() {
    return new PretrainedModels(PretrainedModels.class::getResourceAsStream);
  }

  /**
   * Returns the names of the models, for {@link #named}.
   *
   * @return the names
   */
  public static List<String> names() {
    return shipped().all();
  }

  /**
   * Reads a model that is part of this library.
   *
   * @param name one of {@link #names()}
   * @return the model
   * @throws IllegalArgumentException when there is no model of that name; the message suggests the
   *     most similar one
   */
  public static Model named(String name) {
    PretrainedModels shipped = shipped();
    if (!shipped.all().contains(name)) {
      throw new IllegalArgumentException(
          shipped.all().isEmpty()
              ? "unknown model '" + name + "'; no models are part of this library"
              : Suggestion.unknown("model", name, shipped.all()));
    }
    return shipped.read(name).model();
  }

  List<String> all() {
    return new String(bytes(LIST), StandardCharsets.UTF_8)
        .lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty())
        .toList();
  }

  SourceModel read(String name) {
    byte[] file = bytes(FOLDER + name + ".safetensors");
    try {
      return SourceModel.read(Path.of(name), new ByteArrayInputStream(file), file.length);
    } catch (IOException e) {
      throw damaged(name, e);
    }
  }

  private byte[] bytes(String resource) {
    try (InputStream in = resources.apply(resource)) {
      if (in == null) {
        throw damaged(resource, null);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw damaged(resource, e);
    }
  }

  private static IllegalStateException damaged(String resource, IOException cause) {
    return new IllegalStateException(
        resource + ": this library is damaged; install it again", cause);
  }
}
