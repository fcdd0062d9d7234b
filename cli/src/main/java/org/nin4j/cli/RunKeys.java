package org.nin4j.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The options of a command that a run file can set, by their keys: an option's long name without
 * dashes at the start, and with underscores for the others, such as {@code val_split}.
 */
final class RunKeys {
  /** A run that is resumed keeps its settings, so no file can set any. */
  static final String RESUME = "--resume";

  private RunKeys() {}

  static Map<String, OptionSpec> of(CommandSpec command) {
    Map<String, OptionSpec> options = new LinkedHashMap<>();
    for (OptionSpec option : command.options()) {
      if (!option.usageHelp()
          && !option.versionHelp()
          && !Set.of(option.names()).contains(RESUME)) {
        options.put(key(option), option);
      }
    }
    return options;
  }

  static String key(OptionSpec option) {
    return option.longestName().replaceFirst("^-+", "").replace('-', '_');
  }
}
