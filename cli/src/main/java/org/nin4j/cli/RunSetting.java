package org.nin4j.cli;

import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import org.nin4j.internal.json.JsonObject;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/**
 * The value of one option in a run file, of the right type for the option.
 *
 * @param option the option
 * @param values what one would write on the command line; several only for an option that takes
 *     several
 * @param fields the JSON text of an object that stands for the value, or null
 */
record RunSetting(OptionSpec option, List<String> values, String fields) {
  /** The types of options that can be written out as an object, and how to read one. */
  private static final Map<Class<?>, BiFunction<String, String, Object>> WRITTEN_OUT =
      Map.of(
          RecipeChoice.class, RecipeChoice::written, NetworkChoice.class, NetworkChoice::written);

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if it has another type than the option
   */
  static RunSetting read(JsonObject in, String key, OptionSpec option) {
    if (WRITTEN_OUT.containsKey(option.type()) && in.isObject(key)) {
      return new RunSetting(option, List.of(), in.objectText(key));
    }
    List<?> values =
        option.isMultiValue()
            ? list(in, key, option.auxiliaryTypes()[0])
            : List.of(value(in, key, option.type()));
    return new RunSetting(option, values.stream().map(String::valueOf).toList(), null);
  }

  private static Object value(JsonObject in, String key, Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return in.flag(key);
    }
    if (type == int.class || type == Integer.class) {
      return in.intNumber(key);
    }
    if (type == long.class || type == Long.class) {
      return in.longNumber(key);
    }
    return type == double.class || type == Double.class ? in.doubleNumber(key) : in.text(key);
  }

  private static List<?> list(JsonObject in, String key, Class<?> type) {
    if (type == Integer.class) {
      return in.intsAtLeast(key, Integer.MIN_VALUE);
    }
    return type == Double.class ? in.doubleNumbers(key) : in.texts(key);
  }

  /**
   * Sets the option as the command line would, so that the same values are accepted.
   *
   * @param source the name of the value in messages, such as {@code run.yaml: epochs}
   * @throws IllegalArgumentException if the option does not accept the value
   */
  void set(String source) {
    if (fields != null) {
      option.setValue(WRITTEN_OUT.get(option.type()).apply(fields, source));
      return;
    }
    CommandSpec alone =
        CommandSpec.create().addOption(OptionSpec.builder(option).required(false).build());
    try {
      OptionConverters.register(new CommandLine(alone))
          .parseArgs(
              values.stream()
                  .map(value -> option.longestName() + "=" + value)
                  .toArray(String[]::new));
    } catch (ParameterException e) {
      Throwable reason = e.getCause() instanceof TypeConversionException ? e.getCause() : e;
      throw new IllegalArgumentException(source + ": " + reason.getMessage(), e);
    }
  }
}
