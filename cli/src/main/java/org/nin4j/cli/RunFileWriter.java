package org.nin4j.cli;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.nin4j.internal.AtomicFile;
import org.nin4j.internal.json.JsonWriter;
import org.nin4j.io.PretrainedModels;
import org.nin4j.nn.Network;
import org.nin4j.nn.NetworkJson;
import org.nin4j.nn.Networks;
import org.nin4j.nn.Shape;
import org.nin4j.train.RecipeJson;
import org.nin4j.train.Start;
import org.nin4j.train.TrainingEvent;
import org.nin4j.train.TrainingEvent.Started;
import org.nin4j.train.TrainingListener;
import org.nin4j.train.TrainingSetup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * Writes a file that repeats a training bit for bit when the training starts. It contains every
 * option that decides the result, with the value that was given or chosen.
 */
final class RunFileWriter implements TrainingListener {
  private static final String FILE = "run.yaml";
  private static final String COMMENT =
      "Repeats this training, bit for bit: nin train " + FILE + " --out DIR";

  private final Path folder;
  private final CommandSpec command;
  private final Set<String> without;

  /**
   * Creates a listener.
   *
   * @param folder the run folder
   * @param command the command, whose options have their values
   * @param without names of options that do not affect the result
   * @throws IOException if there is such a file in the folder already
   */
  RunFileWriter(Path folder, CommandSpec command, Set<String> without) throws IOException {
    this.folder = folder;
    this.command = command;
    this.without = without;
    if (Files.exists(file(folder))) {
      throw new IOException(
          folder + ": already holds a " + FILE + ", which would be lost; choose another folder");
    }
  }

  /** Returns the path of the file in a run folder. */
  static Path file(Path folder) {
    return folder.resolve(FILE);
  }

  @Override
  public String name() {
    return "the run file";
  }

  @Override
  public void on(TrainingEvent event) throws IOException {
    if (event instanceof Started started) {
      String json = JsonWriter.line(fields -> write(fields, started.setup()));
      AtomicFile.write(file(folder), YamlWriter.write(COMMENT, json));
    }
  }

  private void write(JsonWriter json, TrainingSetup setup) {
    RunKeys.of(command)
        .forEach(
            (key, option) -> {
              if (!without.contains(option.longestName())) {
                write(json, key, option, setup);
              }
            });
  }

  private static void write(JsonWriter json, String key, OptionSpec option, TrainingSetup setup) {
    switch (option.longestName()) {
      case RecipeOptions.RECIPE -> json.raw(key, RecipeJson.write(setup.recipe()));
      case NetworkOption.NET -> {
        if (setup.start().isEmpty()) {
          network(json, key, setup.network());
        }
      }
      case FineTuningOptions.FROM ->
          setup.start().flatMap(Start::model).ifPresent(from -> json.text(key, model(from)));
      case TrainingOptions.SIZE -> {
        if (isPreset(setup.network())) {
          json.number(key, setup.network().input().height());
        } else {
          plain(json, key, option.getValue());
        }
      }
      case TrainingOptions.DATA -> json.text(key, setup.data().name());
      case EngineOptions.PRECISION -> json.text(key, setup.precision().toString());
      default -> {
        if (!isPartOfRecipe(option)) {
          plain(json, key, option.getValue());
        }
      }
    }
  }

  private static boolean isPartOfRecipe(OptionSpec option) {
    return option.userObject() instanceof Field field
        && field.getDeclaringClass() == RecipeOptions.class;
  }

  private static void network(JsonWriter json, String key, Network network) {
    if (isPreset(network)) {
      json.text(key, network.name());
    } else {
      json.raw(key, NetworkJson.write(network).strip());
    }
  }

  /** Whether the name of a preset and a size say all about a network. */
  private static boolean isPreset(Network network) {
    Shape input = network.input();
    try {
      return input.height() == input.width()
          && Networks.named(network.name()).build(input, network.classes()).equals(network);
    } catch (IllegalArgumentException e) {
      return false; // no preset, or one that cannot take such images
    }
  }

  /** A model that comes with nin keeps its name; a file is made absolute. */
  private static String model(String from) {
    return PretrainedModels.names().contains(from) ? from : absolute(Path.of(from));
  }

  private static void plain(JsonWriter json, String key, Object value) {
    if (value instanceof Boolean flag) {
      json.flag(key, flag);
    } else if (value instanceof Integer || value instanceof Long) {
      json.number(key, ((Number) value).longValue());
    } else if (value instanceof Number number) {
      json.number(key, number.doubleValue());
    } else if (value instanceof Collection<?> values) {
      List<Number> numbers =
          values.stream().filter(Number.class::isInstance).map(Number.class::cast).toList();
      if (numbers.size() == values.size()) {
        json.numbers(key, numbers);
      } else {
        json.texts(key, values.stream().map(RunFileWriter::text).toList());
      }
    } else if (value != null) {
      json.text(key, text(value));
    }
  }

  /** A text that names a file becomes its absolute path, so that it is found from any folder. */
  private static String text(Object value) {
    if (value instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    }
    String text = value.toString();
    return value instanceof Path || isFile(value) ? absolute(Path.of(text)) : text;
  }

  private static boolean isFile(Object value) {
    try {
      return value instanceof String text && Files.isRegularFile(Path.of(text));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private static String absolute(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }
}
