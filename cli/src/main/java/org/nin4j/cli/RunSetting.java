package org.nin4j.cli;

import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final Set<Class<?>> WHOLE_NUMBERS =
      Set.of(int.class, Integer.class, long.class, Long.class);
  private static final Set<Class<?>> NUMBERS =
      Set.of(float.class, Float.class, double.class, Double.class);

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
    Class<?> type = option.auxiliaryTypes()[0]; // of an element, where there may be several
    boolean several = option.isMultiValue() && in.isList(key);
    List<?> values = several ? list(in, key, type) : List.of(value(in, key, type));
    return new RunSetting(option, values.stream().map(String::valueOf).toList(), null);
  }

  private static Object value(JsonObject in, String key, Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return in.flag(key);
    }
    if (WHOLE_NUMBERS.contains(type)) {
      return in.longNumber(key);
    }
    if (type == LayerPath.class) {
      return in.textOrDigits(key);
    }
    return NUMBERS.contains(type) ? in.doubleNumber(key) : in.text(key);
  }

  private static List<?> list(JsonObject in, String key, Class<?> type) {
    if (WHOLE_NUMBERS.contains(type)) {
      return in.intsAtLeast(key, Integer.MIN_VALUE);
    }
    if (type == LayerPath.class) {
      return in.textsOrDigits(key);
    }
    return NUMBERS.contains(type) ? in.doubleNumbers(key) : in.texts(key);
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
