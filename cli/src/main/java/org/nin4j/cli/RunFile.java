package org.nin4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.nin4j.internal.json.Json;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A file that sets options of a command.
 *
 * @param path a YAML or JSON file that has a key for each option to set
 * @param set the options that the file has set
 */
record RunFile(Path path, List<OptionSpec> set) {
  /**
   * Reads a file and sets its options, except those on the command line, which take precedence.
   *
   * @param command the command, whose command line has been parsed
   * @throws UsageException if a key is unknown, or a value is of the wrong type
   * @throws IOException if the file cannot be read, or is neither YAML nor JSON
   */
  static RunFile apply(Path path, CommandLine command) throws IOException {
    if (!YamlFile.isNamed(path.toString())) {
      throw new UsageException(
          "'" + path + "' is not a run file; its name must end in .yaml, .yml or .json");
    }
    String json = YamlFile.read(path);
    Map<String, OptionSpec> options = RunKeys.of(command.getCommandSpec());
    try {
      List<RunSetting> settings =
          Json.object(
              json,
              path.toString(),
              "a run",
              in -> {
                in.allowOnly("run", List.copyOf(options.keySet()));
                return options.keySet().stream()
                    .filter(in::has)
                    .map(key -> RunSetting.read(in, key, options.get(key)))
                    .filter(each -> !command.getParseResult().hasMatchedOption(each.option()))
                    .toList();
              });
      settings.forEach(each -> each.set(path + ": " + RunKeys.key(each.option())));
      return new RunFile(path, settings.stream().map(RunSetting::option).toList());
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage(), e);
    }
  }

  /** Returns whether the file has set an option. */
  boolean sets(String option) {
    return set.stream().anyMatch(each -> each.longestName().equals(option));
  }

  /** Returns a complaint about an option with this file and its key, if the file has set it. */
  UsageException named(UsageException e) {
    String message = e.getMessage();
    for (OptionSpec option : set) {
      String name = option.longestName();
      if (message.startsWith(name + " ") || message.startsWith(name + ":")) {
        return new UsageException(
            path + ": " + RunKeys.key(option) + message.substring(name.length()), e);
      }
    }
    return e;
  }
}
